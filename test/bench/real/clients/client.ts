import type { Job, Workload } from '../../workload.js';

/** A library that people would pick instead, set up as its documentation says. */
export interface Client {
  /** Takes a job; resolves when its call is over. */
  submit(job: Job): Promise<void>;
  close(): Promise<void>;
}

/** Makes one call to the legacy API; refused or not, it counts as made. */
export type Call = (job: Job) => Promise<void>;

export type StartClient = (workload: Workload, call: Call) => Promise<Client>;
