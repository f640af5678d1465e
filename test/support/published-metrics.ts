import { Logger } from '@aws-lambda-powertools/logger';
import { PowertoolsDeadLetterTelemetry } from '../../lambdas/adapters/powertools-dead-letter-telemetry.js';
import { PowertoolsIntakeCount } from '../../lambdas/adapters/powertools-intake-count.js';
import { PowertoolsTelemetry } from '../../lambdas/adapters/powertools-telemetry.js';
import type { LegacyOutcome } from '../../lambdas/core/outcomes/legacy-outcome.js';
import type { SlotEvent } from '../../lambdas/core/worker/slot-event.js';

/** A metric as CloudWatch reads it from a line of the log. */
export interface PublishedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: readonly string[];
}

interface Line {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
}

const CALL = {
  priority: 'HIGH',
  callId: 'call-1',
  operation: 'getOrder',
  execution: 'arn:execution',
} as const;

/** The compiler sees to it that no kind of event is left out. */
const EVENTS: { readonly [Kind in SlotEvent['kind']]: Extract<SlotEvent, { readonly kind: Kind }> } = {
  slotStarted: { kind: 'slotStarted', others: 1, crashWaitMs: 5_000 },
  heldBack: { kind: 'heldBack', paused: ['HIGH'], gateForMs: 1_000, breakerOpen: true, maintenanceForMs: 0 },
  slotEnded: { kind: 'slotEnded', end: 'idle', calls: 1 },
  quotaSpent: { kind: 'quotaSpent', renewsInMs: 60_000 },
  rang: { kind: 'rang', delayMs: 0 },
  callStarted: { kind: 'callStarted', lane: 'HIGH', ageMs: 40, receiveCount: 1, controlAgeMs: 700, ...CALL },
  callEnded: { kind: 'callEnded', outcome: 'succeeded', reason: undefined, serviceTimeMs: 90, ...CALL },
  abandoned: { kind: 'abandoned', why: 'taskClosed', ...CALL },
  lateResult: { kind: 'lateResult', perhapsDelivered: false, ...CALL },
  answeredByLedger: { kind: 'answeredByLedger', newlyUnknown: false, ...CALL },
  notReady: { kind: 'notReady', reason: 'no token', ...CALL },
  resultRefused: { kind: 'resultRefused', reason: 'InvalidOutput', ...CALL },
  deferred: { kind: 'deferred', delayMs: 0, ...CALL },
  malformed: { kind: 'malformed', priority: 'HIGH', faults: ['state: missing; add it'] },
  gateClosed: { kind: 'gateClosed', forMs: 2_000, ratio: 0.5 },
  slowed: { kind: 'slowed', ratio: 0.75 },
  breakerOpened: { kind: 'breakerOpened', forMs: 5_000, opens: 1 },
  probeClaimed: { kind: 'probeClaimed' },
  breakerClosed: { kind: 'breakerClosed' },
  callbackRetried: { kind: 'callbackRetried', reason: 'ThrottlingException' },
  problem: { kind: 'problem', what: 'serve the queues', reason: 'Error' },
};

const OUTCOMES = Object.keys({
  succeeded: true,
  rejected: true,
  notFound: true,
  unavailable: true,
  outcomeUnknown: true,
  responseTooLarge: true,
  responseRefused: true,
  throttled: true,
} satisfies Readonly<Record<LegacyOutcome['kind'], true>>) as readonly LegacyOutcome['kind'][];

/** Everything that can happen in a slot, and every way in which a call can end. */
export function everySlotEvent(): readonly SlotEvent[] {
  return [...Object.values(EVENTS), ...OUTCOMES.map((outcome) => ({ ...EVENTS.callEnded, outcome }))];
}

/** What our functions publish for these events, one dead letter and two calls over HTTP, each metric once. `lines`: where the test catches it. */
export function publishedBy(
  events: readonly SlotEvent[],
  lines: readonly string[],
): readonly PublishedMetric[] {
  const logger = new Logger({ serviceName: 'erp' });
  const telemetry = new PowertoolsTelemetry(logger, 'erp');
  for (const event of events) telemetry.record(event);
  telemetry.flush();
  const deadLetters = new PowertoolsDeadLetterTelemetry(logger, 'erp');
  deadLetters.record({
    kind: 'parked',
    task: 'closed',
    error: 'Orchestrator.DeadLettered',
    receiveCount: 21,
    call: CALL,
  });
  deadLetters.flush();
  const intake = new PowertoolsIntakeCount('erp');
  intake.taken('HIGH');
  intake.turnedAway('HIGH');
  intake.flush();
  const published = new Map<string, PublishedMetric>();
  for (const line of lines.map((text) => JSON.parse(text) as Partial<Line>)) {
    for (const { Namespace, Dimensions, Metrics } of line._aws?.CloudWatchMetrics ?? []) {
      for (const { Name, Unit } of Metrics) {
        const dimensions = Dimensions.flat().sort();
        published.set([Name, Unit, ...dimensions].join(' '), {
          namespace: Namespace,
          name: Name,
          unit: Unit,
          dimensions,
        });
      }
    }
  }
  return [...published.values()];
}
