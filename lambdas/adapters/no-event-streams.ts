/**
 * Stands in for the AWS SDK's event streams in the bundles: no operation that we use has one, and they are a twentieth
 * of the bundle. S3's client only passes them on.
 */
export function resolveEventStreamSerdeConfig<T>(config: T): T {
  return config;
}

export function eventStreamSerdeProvider(): never {
  throw new Error('event streams are not in this bundle; take its stand-in out of infra/node-function.ts');
}

/** Made by the provider in the SDK. */
export function EventStreamSerde(): never {
  return eventStreamSerdeProvider();
}
