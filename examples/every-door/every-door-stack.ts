import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { RateLimitedOrchestrator } from 'rate-limited-orchestrator';

export interface EveryDoorProps extends StackProps {
  readonly apiUrl: string;
  /** What the API allows in a second. @default 20 */
  readonly callsPerSecond?: number;
  /** Calls at a time. @default 5 */
  readonly slots?: number;
  /** Spread of the delays to it. @default - the orchestrator's: for a warm connection within a Region */
  readonly arrivalJitterMs?: number;
}

/** Events that request calls come from this source. */
export const API_NAME = 'orders-api';

export const OPERATION = 'createOrder';

/** One API with every door open: executions, HTTP, events and files. */
export class EveryDoorStack extends Stack {
  readonly orchestrator: RateLimitedOrchestrator;

  constructor(scope: Construct, id: string, props: EveryDoorProps) {
    const { apiUrl, callsPerSecond = 20, slots = 5, arrivalJitterMs, ...stackProps } = props;
    super(scope, id, stackProps);
    this.orchestrator = new RateLimitedOrchestrator(this, 'Orders', {
      config: {
        name: API_NAME,
        baseUrl: apiUrl,
        limits: [{ calls: callsPerSecond, windowMs: 1_000 }],
        slots,
        serviceTimeMaxMs: 10_000,
        ...(arrivalJitterMs === undefined ? {} : { arrivalJitterMs }),
        operations: { [OPERATION]: { path: '/orders', effect: 'idempotent', timeoutMs: 5_000 } },
        intake: {},
        events: {},
        batchLoad: {},
      },
    });
  }
}
