import { Logger } from '@aws-lambda-powertools/logger';
import { PowertoolsTelemetry } from '../../../lambdas/adapters/powertools-telemetry.js';
import { METRIC_NAMESPACE, METRICS, type Metric } from '../../../lambdas/core/contracts/metrics.js';
import type { SlotEvent } from '../../../lambdas/core/worker/slot-event.js';
import { captureLines } from '../../support/capture-lines.js';

interface EmbeddedMetrics {
  readonly _aws: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
    }[];
  };
  readonly [name: string]: unknown;
}

const CALL = {
  priority: 'HIGH',
  callId: 'call-1',
  operation: 'getOrder',
  execution: 'arn:execution',
} as const;

const captured = captureLines();

function recorded(...events: readonly SlotEvent[]) {
  const logger = new Logger({ serviceName: 'erp', logLevel: 'DEBUG' });
  const telemetry = new PowertoolsTelemetry(logger, 'erp');
  for (const event of events) telemetry.record(event);
  telemetry.flush();
  const lines = captured.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return {
    metrics: lines.filter((line): line is EmbeddedMetrics => '_aws' in line),
    logs: lines.filter((line) => !('_aws' in line)),
  };
}

/** Every metric in the lines: its name, unit, dimensions with their values, and value. */
function figures(lines: readonly EmbeddedMetrics[]) {
  return lines.flatMap((line) =>
    line._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.map(({ Name, Unit }) => ({
        namespace: Namespace,
        name: Name,
        unit: Unit,
        dimensions: Dimensions.map((names) => Object.fromEntries(names.map((name) => [name, line[name]]))),
        value: [line[Name]].flat(),
      })),
    ),
  );
}

const figure = ({ name, unit, dimensions }: Metric, value: number | readonly number[] = 1) => ({
  namespace: METRIC_NAMESPACE,
  name,
  unit,
  dimensions: [
    Object.fromEntries(dimensions.map((dimension) => [dimension, dimension === 'Priority' ? 'HIGH' : 'erp'])),
  ],
  value: [value].flat(),
});

describe('PowertoolsTelemetry', () => {
  it.each<[SlotEvent, readonly object[]]>([
    [{ kind: 'slotStarted', others: 1, crashWaitMs: 0 }, [figure(METRICS.slotsStarted)]],
    [
      { kind: 'slotStarted', others: 1, crashWaitMs: 5_000 },
      [figure(METRICS.slotsStarted), figure(METRICS.crashWaits)],
    ],
    [{ kind: 'rang', delayMs: 0 }, [figure(METRICS.bells)]],
    [{ kind: 'callbackRetried', reason: 'ThrottlingException' }, [figure(METRICS.callbackRetries)]],
    [{ kind: 'gateClosed', forMs: 2_000, ratio: 0.5 }, [figure(METRICS.gateClosings)]],
    [{ kind: 'slowed', ratio: 0.75 }, [figure(METRICS.rateRatio, 0.75)]],
    [
      { kind: 'breakerOpened', forMs: 5_000, opens: 1 },
      [figure(METRICS.breakerOpenings), figure(METRICS.breakerOpen)],
    ],
    [
      { kind: 'heldBack', paused: ['HIGH'], gateForMs: 0, breakerOpen: false, maintenanceForMs: 0 },
      [figure(METRICS.classPaused)],
    ],
    [
      { kind: 'heldBack', paused: [], gateForMs: 1, breakerOpen: false, maintenanceForMs: 0 },
      [figure(METRICS.gateClosed)],
    ],
    [
      { kind: 'heldBack', paused: [], gateForMs: 0, breakerOpen: true, maintenanceForMs: 0 },
      [figure(METRICS.breakerOpen)],
    ],
    [{ kind: 'quotaSpent', renewsInMs: 60_000 }, [figure(METRICS.quotaSpent)]],
    [{ kind: 'probeClaimed' }, [figure(METRICS.probes)]],
    [{ kind: 'breakerClosed' }, [figure(METRICS.breakerClosings)]],
    [
      { kind: 'callStarted', lane: 'HIGH', ageMs: 40, receiveCount: 1, controlAgeMs: 700, ...CALL },
      [figure(METRICS.controlAge, 700), figure(METRICS.callsStarted), figure(METRICS.ageAtStart, 40)],
    ],
    [{ kind: 'abandoned', why: 'taskClosed', ...CALL }, [figure(METRICS.abandoned)]],
    [{ kind: 'lateResult', perhapsDelivered: false, ...CALL }, [figure(METRICS.lateResults)]],
    [{ kind: 'lateResult', perhapsDelivered: true, ...CALL }, []],
    [{ kind: 'notReady', reason: 'no token', ...CALL }, [figure(METRICS.unavailable)]],
    [{ kind: 'deferred', delayMs: 0, ...CALL }, [figure(METRICS.deferrals)]],
    [{ kind: 'answeredByLedger', newlyUnknown: false, ...CALL }, [figure(METRICS.answeredByLedger)]],
    [
      { kind: 'answeredByLedger', newlyUnknown: true, ...CALL },
      [figure(METRICS.outcomeUnknown), figure(METRICS.answeredByLedger)],
    ],
    [{ kind: 'resultRefused', reason: 'InvalidOutput', ...CALL }, [figure(METRICS.resultsRefused)]],
    [
      { kind: 'malformed', priority: 'HIGH', faults: ['state: missing; add it'] },
      [figure(METRICS.malformed)],
    ],
    [{ kind: 'slotEnded', end: 'idle', calls: 3 }, []],
    [{ kind: 'problem', what: 'serve the queues', reason: 'Error' }, [figure(METRICS.problems)]],
  ])('measures %j as the contract says', (event, expected) => {
    expect(figures(recorded(event).metrics)).toEqual(expected);
  });

  it.each([
    ['succeeded', METRICS.succeeded],
    ['rejected', METRICS.rejected],
    ['unavailable', METRICS.unavailable],
    ['outcomeUnknown', METRICS.outcomeUnknown],
    ['responseTooLarge', METRICS.responseTooLarge],
    ['throttled', METRICS.throttled],
  ] as const)('counts a call that %s, and its service time', (outcome, metric) => {
    const ended = { kind: 'callEnded', outcome, reason: undefined, serviceTimeMs: 90, ...CALL } as const;

    expect(figures(recorded(ended).metrics)).toEqual([figure(metric), figure(METRICS.serviceTime, 90)]);
  });

  it('keeps ages in an overflow apart from those of its class, and counts the call in the class', () => {
    const started = { kind: 'callStarted', ageMs: 40, receiveCount: 1, controlAgeMs: 0 } as const;
    const { metrics } = recorded({ ...started, lane: 'HIGH_OVERFLOW', ...CALL });

    const ofPriority = (priority: string) =>
      figures(metrics).filter(({ dimensions }) => JSON.stringify(dimensions).includes(`"${priority}"`));
    expect(JSON.stringify(ofPriority('HIGH_OVERFLOW'))).toContain('AgeAtStart');
    expect(JSON.stringify(ofPriority('HIGH'))).not.toContain('AgeAtStart');
    expect(JSON.stringify(ofPriority('HIGH'))).toContain('CallsStarted');
  });

  it('keeps the classes apart', () => {
    const { metrics } = recorded(
      { kind: 'lateResult', perhapsDelivered: false, ...CALL, priority: 'BATCH' },
      { kind: 'lateResult', perhapsDelivered: false, ...CALL, priority: 'HIGH' },
    );

    expect(figures(metrics).map(({ dimensions }) => dimensions)).toEqual([
      [{ service: 'erp', Priority: 'HIGH' }],
      [{ service: 'erp', Priority: 'BATCH' }],
    ]);
  });

  it('keeps every value of a metric', () => {
    const start = (ageMs: number): SlotEvent => ({
      kind: 'callStarted',
      lane: 'HIGH',
      ageMs,
      receiveCount: 1,
      controlAgeMs: 0,
      ...CALL,
    });

    const { metrics } = recorded(start(10), start(30), start(20));

    expect(figures(metrics)).toEqual([
      figure(METRICS.controlAge, [0, 0, 0]),
      figure(METRICS.callsStarted, [1, 1, 1]),
      figure(METRICS.ageAtStart, [10, 30, 20]),
    ]);
  });

  it('loses no value of a slot that makes hundreds of calls between two bells', () => {
    const starts = Array.from({ length: 250 }, (_, ageMs) => ({
      kind: 'callStarted' as const,
      lane: 'HIGH' as const,
      ageMs,
      receiveCount: 1,
      controlAgeMs: 0,
      ...CALL,
    }));

    const { metrics } = recorded(...starts);

    const ages = figures(metrics).filter(({ name }) => name === METRICS.ageAtStart.name);
    expect(ages.flatMap(({ value }) => value)).toEqual(starts.map(({ ageMs }) => ageMs));
  });

  it('writes nothing where there is nothing to tell', () => {
    expect(recorded()).toEqual({ metrics: [], logs: [] });
  });

  it('writes each figure once', () => {
    const telemetry = new PowertoolsTelemetry(new Logger({ serviceName: 'erp' }), 'erp');
    telemetry.record({ kind: 'slotStarted', others: 0, crashWaitMs: 0 });

    telemetry.flush();
    const first = captured.lines.filter((line) => line.includes('_aws')).length;
    telemetry.flush();

    expect(first).toBe(1);
    expect(captured.lines.filter((line) => line.includes('_aws'))).toHaveLength(1);
  });

  it.each<[SlotEvent, string]>([
    [{ kind: 'problem', what: 'serve the queues', reason: 'Error' }, 'WARN'],
    [{ kind: 'malformed', priority: 'HIGH', faults: [] }, 'WARN'],
    [{ kind: 'lateResult', perhapsDelivered: false, ...CALL }, 'WARN'],
    [{ kind: 'notReady', reason: 'no token', ...CALL }, 'WARN'],
    [{ kind: 'resultRefused', reason: 'InvalidOutput', ...CALL }, 'WARN'],
    [{ kind: 'callbackRetried', reason: 'ThrottlingException' }, 'WARN'],
    [{ kind: 'slotEnded', end: 'idle', calls: 0 }, 'INFO'],
    [{ kind: 'heldBack', paused: ['BATCH'], gateForMs: 0, breakerOpen: false, maintenanceForMs: 0 }, 'INFO'],
    [{ kind: 'answeredByLedger', newlyUnknown: true, ...CALL }, 'INFO'],
    [{ kind: 'abandoned', why: 'taskClosed', ...CALL }, 'INFO'],
    [{ kind: 'rang', delayMs: 0 }, 'DEBUG'],
    [{ kind: 'callStarted', lane: 'HIGH', ageMs: 0, receiveCount: 1, controlAgeMs: 0, ...CALL }, 'DEBUG'],
  ])('logs %j at its level, with its details', (event, level) => {
    const { kind, ...details } = event;

    expect(recorded(event).logs).toMatchObject([{ level, message: kind, ...details }]);
  });
});
