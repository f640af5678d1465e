import PQueue from 'p-queue';

/**
 * StartExecution refills at 150 a second in most Regions (300 in three), for everybody in the account; this leaves a
 * third. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const STARTS_PER_SECOND_MAX = 100;

/** DescribeExecution refills at 10 a second in most Regions (15 in three), for everybody in the account. */
export const DESCRIBES_PER_SECOND_MAX = 5;

/** Requests on their way at once: far more than the rate needs, and few enough for any process. */
const IN_FLIGHT_MAX = 50;

/** Lets requests pass one after the other, at most so many in a second. */
export function requestQueue(perSecondMax: number): PQueue {
  return new PQueue({ concurrency: IN_FLIGHT_MAX, interval: 1_000, intervalCap: perSecondMax });
}
