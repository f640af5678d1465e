import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import { keepsOrder } from '../config/ordering.js';
import { DIMENSIONS, INTAKE_METRICS, METRICS } from '../contracts/metrics.js';
import { PRIORITIES } from '../contracts/priority.js';
import type { MonthlyUsage } from './monthly-usage.js';
import { type Price, PRICES } from './prices.js';

/** One line of the bill. */
export interface BillLine {
  readonly service: string;
  readonly item: string;
  /** `transitions`, `operation` (all else that a call needs), `observability`, or `once`: only for such calls. */
  readonly group: BillGroup;
  readonly unitsPerMonth: number;
  readonly unitPriceUsd: number;
  readonly source: string;
  readonly usdPerMonth: number;
  /** Undefined where there are no calls to spread it over. */
  readonly usdPerMillionCalls: number | undefined;
}

export type BillGroup = 'transitions' | 'operation' | 'observability' | 'once';

/** A call's own log line, and what an invocation logs of its start, end and slot. */
const LOG_BYTES_PER_CALL = 700;
const LOG_BYTES_PER_INVOCATION = 1_800;

/** Metrics leave a slot every five seconds, as one record for itself and one for each class at most. */
const METRIC_BYTES_PER_SLOT_SECOND = 400;

/** Ten events of an execution of `rate-limited-call`, without its data. */
const STATE_LOG_BYTES_PER_TRANSITION = 1_500;

/** X-Ray records the first request of each second and one in twenty of the rest. */
const TRACED_RATIO = 0.05;

/** STARTED before the call, the outcome after it. */
const LEDGER_WRITES_PER_CALL = 2;

const BYTES_PER_GB = 1e9;

/** What all alarms of one orchestrator read together. The stack is held to it by test/infra/alarms.test.ts. */
export const ALARM_METRICS = 33;

export interface BillQuestion {
  readonly usage: MonthlyUsage;
  readonly memoryMb: number;
  readonly transitionsPerCall: number;
  /** Says whether there are alarms, a door over HTTP and FIFO queues. @default - alarms, no door, standard queues */
  readonly configured?: Pick<OrchestratorConfig, 'alarms' | 'intake' | 'ordering'> | undefined;
}

/** Every line that AWS will charge for in a month, and what it comes to for a million calls. No free tier is taken off. */
export function bill(question: BillQuestion): readonly BillLine[] {
  const { usage, memoryMb, transitionsPerCall, configured } = question;
  const { calls } = usage;
  const line = (service: string, item: string, group: BillGroup, units: number, price: Price): BillLine => ({
    service,
    item,
    group,
    unitsPerMonth: units,
    unitPriceUsd: price.usd,
    source: price.source,
    usdPerMonth: units * price.usd,
    usdPerMillionCalls: calls === 0 ? undefined : (units * price.usd * 1e6) / calls,
  });
  const gbSeconds = (usage.slotSeconds * memoryMb) / 1_024;
  const transitions = calls * transitionsPerCall;
  // The bells' queue is a standard one; charged alike, the bill errs upwards.
  const sqsPrice = keepsOrder(configured ?? {}) ? PRICES.sqsFifoRequest : PRICES.sqsRequest;
  const alarmed = configured?.alarms.enabled === false ? 0 : 1;
  const metrics = metricCount(configured?.intake !== undefined);
  const traces = (calls + usage.invocations) * TRACED_RATIO;
  return [
    line('Step Functions', 'state transitions', 'transitions', transitions, PRICES.stateTransition),
    line('SQS', 'requests, empty receives and bells too', 'operation', usage.sqsRequests, sqsPrice),
    line('Lambda', 'GB-seconds, waiting included', 'operation', gbSeconds, PRICES.lambdaGbSecond),
    line('Lambda', 'requests', 'operation', usage.invocations, PRICES.lambdaRequest),
    line('DynamoDB', 'reads: control and slot records', 'operation', usage.tableReads, PRICES.tableRead),
    line('DynamoDB', 'writes: slot records', 'operation', usage.tableWrites, PRICES.tableWrite),
    line('EventBridge', 'sweeper', 'operation', usage.sweeps, PRICES.eventBridgeEvent),
    line('CloudWatch', 'logs', 'observability', logBytes(usage, transitions) / BYTES_PER_GB, PRICES.logsGb),
    line('CloudWatch', 'custom metrics', 'observability', metrics, PRICES.customMetric),
    line('CloudWatch', 'dashboard', 'observability', 1, PRICES.dashboard),
    line(
      'CloudWatch',
      'alarms, by the metrics they read',
      'observability',
      alarmed * ALARM_METRICS,
      PRICES.alarmMetric,
    ),
    line('CloudWatch', 'composite alarm', 'observability', alarmed, PRICES.compositeAlarm),
    line('X-Ray', 'traces', 'observability', traces, PRICES.trace),
    line(
      'DynamoDB',
      'ledger, if every call were once',
      'once',
      calls * LEDGER_WRITES_PER_CALL,
      PRICES.tableWrite,
    ),
  ];
}

export interface BillTotal {
  readonly usdPerMonth: number;
  readonly usdPerMillionCalls: number | undefined;
}

export function totalOf(lines: readonly BillLine[], groups: readonly BillGroup[]): BillTotal {
  const chosen = lines.filter(({ group }) => groups.includes(group));
  const known = chosen.every(({ usdPerMillionCalls }) => usdPerMillionCalls !== undefined);
  return {
    usdPerMonth: chosen.reduce((sum, { usdPerMonth }) => sum + usdPerMonth, 0),
    usdPerMillionCalls: known
      ? chosen.reduce((sum, { usdPerMillionCalls }) => sum + (usdPerMillionCalls ?? 0), 0)
      : undefined,
  };
}

function logBytes(usage: MonthlyUsage, transitions: number): number {
  return (
    usage.calls * LOG_BYTES_PER_CALL +
    usage.invocations * LOG_BYTES_PER_INVOCATION +
    usage.slotSeconds * METRIC_BYTES_PER_SLOT_SECOND +
    transitions * STATE_LOG_BYTES_PER_TRANSITION
  );
}

/** CloudWatch counts each combination of a name and its dimensions. */
function metricCount(hasIntake: boolean): number {
  const published = Object.values(METRICS).filter((metric) => hasIntake || !INTAKE_METRICS.includes(metric));
  return published.reduce((sum, { dimensions }) => {
    const names: readonly string[] = dimensions;
    return sum + (names.includes(DIMENSIONS.priority) ? PRIORITIES.length : 1);
  }, 0);
}
