/** S3, as far as Distributed Maps read items from it and write results to it. Each method rejects when it fails. */
export interface ObjectStore {
  get(bucket: string, key: string): Promise<string>;
  put(bucket: string, key: string, text: string): Promise<void>;
}

/** Where nobody has given one. */
export const noObjectStore: ObjectStore = {
  get: (bucket) => Promise.reject(new Error(`there is no S3 here, and so no bucket ${bucket}`)),
  put: (bucket) => Promise.reject(new Error(`there is no S3 here, and so no bucket ${bucket}`)),
};
