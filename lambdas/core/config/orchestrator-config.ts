import * as v from 'valibot';
import { STATE_DATA_MAX_BYTES } from '../contracts/limits.js';
import { PRIORITIES } from '../contracts/priority.js';
import { clientCertificateSchema, credentialsSchema } from './credentials-config.js';
import { maintenanceWindowSchema } from './maintenance-window.js';
import { operationSchema } from './operation-config.js';
import { named, secureUrl, whole } from './schema-parts.js';
import { tenantAllowanceSchema } from './tenant-allowance.js';

const SECONDS_PER_HOUR = 3_600;

/**
 * The worker's memory where the configuration does not say, in MB: its share of a CPU keeps timers on time
 * (docs/decisions/0009).
 */
export const MEMORY_DEFAULT_MB = 384;

/** Longest window that the hold alone can pace: a slot waits the hold out, and is billed for it. */
export const LIMIT_WINDOW_MAX_MS = 300_000;

/** Longest window of all, 31 days. One that the hold cannot pace is a quota: its calls are counted in the table. */
export const QUOTA_WINDOW_MAX_MS = 31 * 24 * SECONDS_PER_HOUR * 1_000;

/** Of one stored result: held in memory as bytes, as text and as a request, so far below the least sound memory. */
const RESULT_MAX_BYTES = 16_777_216;

/** Within the repository, whose own address nobody knows here. */
const RUNBOOK_PATH = 'docs/runbook.md';

const RATIO = 'a ratio from 0 to 1';
const ratio = v.pipe(v.number(RATIO), v.minValue(0, RATIO), v.maxValue(1, RATIO));

const rateLimitSchema = v.strictObject({
  calls: whole(1, 1_000_000, 'calls'),
  windowMs: whole(1, QUOTA_WINDOW_MAX_MS, 'milliseconds'),
});

const idsOf = (what: string, prefix: string) =>
  v.pipe(
    v.array(
      named(new RegExp(`^${prefix}-[0-9a-f]{8,17}$`), `the ID of a ${what}, such as ${prefix}-0123abcd`),
    ),
    v.minLength(1, `at least one ${what}`),
  );

const networkSchema = v.strictObject({
  subnetIds: idsOf('subnet', 'subnet'),
  securityGroupIds: idsOf('security group', 'sg'),
});

const operationsSchema = v.record(
  named(/^[A-Za-z][A-Za-z0-9_.-]{0,127}$/, 'an operation name of A-Z, a-z, 0-9, _, . and -'),
  operationSchema,
);

/** The schema library leaves these out without a word, and with them an operation that somebody relies on. */
const RESERVED_NAMES = ['__proto__', 'constructor', 'prototype'];

const prioritySchema = (minShareRatio: number, taskTimeoutHours: number) =>
  v.optional(
    v.strictObject({
      /** Share of the turns in which this class is asked first, whatever waits above it. */
      minShareRatio: v.optional(ratio, minShareRatio),
      /** From enqueueing to the workflow's `States.Timeout`: queueing and the call itself. */
      taskTimeoutSeconds: v.optional(
        whole(60, 13 * 24 * SECONDS_PER_HOUR, 'seconds'),
        taskTimeoutHours * SECONDS_PER_HOUR,
      ),
      /** The age above which this class waits too long: a line on the dashboard, and the threshold of an alarm. */
      ageObjectiveSeconds: v.optional(
        whole(1, 13 * 24 * SECONDS_PER_HOUR, 'seconds'),
        taskTimeoutHours * 600,
      ),
      /** What each tenant may ask for before its further calls wait behind everybody else's. @default - anything */
      tenantAllowance: v.optional(tenantAllowanceSchema),
    }),
    {},
  );

const backlogBudget = v.optional(whole(1, 13 * 24 * SECONDS_PER_HOUR, 'seconds'));

/** The door over HTTP: every orchestrator has its own. */
const intakeSchema = v.strictObject({
  /** Who may come in with a token of this issuer. Without it, whoever IAM lets in, with a signed request. */
  jwt: v.optional(
    v.strictObject({
      issuer: named(/^https:\/\/[^\s]{1,200}$/, 'an https:// address'),
      audience: v.pipe(
        v.array(named(/./, 'a text that is not empty')),
        v.minLength(1, 'at least one audience'),
      ),
    }),
  ),
  /** Of the stage: more is answered with 429 by API Gateway. */
  requestsPerSecond: v.optional(whole(1, 10_000, 'requests per second'), 200),
  /** Of the stage: so many at once before that rate counts. */
  requestsBurst: v.optional(whole(1, 5_000, 'requests'), 1_000),
  /** Calls of a class that would wait longer are refused with 503; absent: four fifths of its task timeout. */
  backlogBudgetSeconds: v.optional(
    v.strictObject({ HIGH: backlogBudget, NORMAL: backlogBudget, BATCH: backlogBudget }),
    {},
  ),
});

export const orchestratorConfigSchema = v.strictObject({
  /** Names the legacy API in resource names, metrics and logs. */
  name: named(
    /^[a-z][a-z0-9-]{0,38}[a-z0-9]$/,
    'a name of 2 to 40 characters a-z, 0-9 and -, starting with a letter',
  ),
  baseUrl: secureUrl,
  /** What the legacy API is shown with each call. @default - nothing */
  credentials: v.optional(credentialsSchema),
  /** For mutual TLS. @default - none */
  clientCertificate: v.optional(clientCertificateSchema),
  /** Where the worker runs if the legacy API is reached through a VPC alone. @default - in none */
  network: v.optional(networkSchema),
  /** The legacy API's rate limits; none where only the number of calls in flight is limited. */
  limits: v.array(rateLimitSchema, 'a list of limits such as {"calls": 20, "windowMs": 1000}'),
  /** C: most calls in flight, and the worker's reserved concurrency. */
  slots: whole(1, 900, 'slots'),
  /** J: spread of the delays between our send and the API's door, over a warm connection. */
  arrivalJitterMs: v.optional(whole(0, 10_000, 'milliseconds'), 30),
  /** The longest that the legacy API may work on a call, also on one whose caller is gone. */
  serviceTimeMaxMs: whole(1, 600_000, 'milliseconds'),
  /** Idle connections are dropped after this long: it must stay below the legacy API's own keep-alive limit. */
  connectionIdleMaxMs: v.optional(whole(0, 600_000, 'milliseconds'), 4_000),
  operations: v.pipe(
    v.custom<v.InferInput<typeof operationsSchema>>(() => true),
    v.check(
      (operations) =>
        !RESERVED_NAMES.some((name) => Object.keys(Object(operations) as object).includes(name)),
      `operation names other than ${RESERVED_NAMES.join(', ')}`,
    ),
    operationsSchema,
    v.check((operations) => Object.keys(operations).length > 0, 'at least one operation'),
    // Without what every object inherits, so that nobody finds an operation called toString.
    v.transform((operations) => Object.assign(Object.create(null) as typeof operations, operations)),
  ),
  priorities: v.optional(
    v.strictObject({
      HIGH: prioritySchema(0.5, 1),
      NORMAL: prioritySchema(0.05, 24),
      BATCH: prioritySchema(0.05, 72),
    }),
    {},
  ),
  /** Calls with the same `orderingKey` start one after another, in order. @default - no order inside a class */
  ordering: v.optional(v.picklist(['perKey'])),
  /** When the legacy API must not be called: no call is running then. Work waits, and goes on afterwards. */
  maintenance: v.optional(v.array(maintenanceWindowSchema), []),
  /** How long one slot serves before it makes room for a fresh invocation. */
  slotBudgetMs: v.optional(whole(1_000, 600_000, 'milliseconds'), 60_000),
  /** How often a slot that finds work rings, so that slots which died or never started are replaced. */
  ringEveryMs: v.optional(whole(100, 60_000, 'milliseconds'), 5_000),
  /** The last long poll of a slot that found nothing. SQS counts in seconds. */
  lingerSeconds: v.optional(whole(1, 20, 'seconds'), 1),
  /** A message that waited longer is checked for a living task before the call. */
  livenessAfterMs: v.optional(whole(0, 3_600_000, 'milliseconds'), 5_000),
  /** Most times a message is given back unserved; after that it fails by type. */
  maxDeferrals: v.optional(whole(0, 100, 'deferrals'), 5),
  /** SQS moves a message to the dead-letter queue after this many receives. */
  maxReceiveCount: v.optional(whole(2, 1_000, 'receives'), 20),
  /**
   * How long the outcome of a `once` call is remembered: 14 days in which its message may be given up, 14 in which it
   * may be redriven, and 13 for which a task may then wait for its call.
   */
  ledgerRetentionDays: v.optional(whole(42, 3_650, 'days'), 45),
  memoryMb: v.optional(whole(128, 10_240, 'MB'), MEMORY_DEFAULT_MB),
  logRetentionDays: v.optional(v.picklist([1, 3, 5, 7, 14, 30, 60, 90, 180, 365]), 30),
  /** Calls may be requested by events, and such calls are answered by events. Absent, they may not. */
  events: v.optional(
    v.strictObject({
      busName: v.optional(named(/^[A-Za-z0-9._/-]{1,256}$/, 'the name of an event bus'), 'default'),
      /** Whether results travel in answers, where everyone who may listen on the bus can read them. */
      includeResult: v.optional(v.boolean(), false),
    }),
  ),
  /** Results that no task can carry are put into a bucket, and the task returns where. Absent, they fail it. */
  resultOffload: v.optional(
    v.strictObject({
      /** The longest body that is read and stored. Longer ones fail their task. */
      bytesMax: v.optional(whole(STATE_DATA_MAX_BYTES, RESULT_MAX_BYTES, 'bytes'), 5_242_880),
      /** For how long a stored result can be fetched. */
      retentionDays: v.optional(whole(1, 3_650, 'days'), 30),
    }),
  ),
  /** A state machine for files and lists of calls. Absent, there is none. */
  batchLoad: v.optional(
    v.strictObject({
      /** Of files and results. @default - a bucket of its own */
      bucketName: v.optional(named(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of an S3 bucket')),
      /** How long that bucket of its own keeps them. */
      retentionDays: v.optional(whole(1, 3_650, 'days'), 30),
    }),
  ),
  /** Calls may be requested over HTTP. Absent, they may not: there is no such door. */
  intake: v.optional(intakeSchema),
  alarms: v.optional(
    v.strictObject({
      /** Without alarms the dashboard remains. */
      enabled: v.optional(v.boolean(), true),
      /** Where people find docs/runbook.md: alarms and dashboard append the heading to it. */
      runbookUrl: v.optional(
        named(/^[^\s#]{1,200}$/, 'an address or path without spaces and #'),
        RUNBOOK_PATH,
      ),
    }),
    {},
  ),
});

/**
 * Everything about one legacy API that the stack, the worker and the planner need to know, with every field
 * present. Obtained from `parseConfig` only, so it has passed every rule.
 */
export type OrchestratorConfig = Readonly<v.InferOutput<typeof orchestratorConfigSchema>>;

export type IntakeConfig = NonNullable<OrchestratorConfig['intake']>;

/** The same as people write it: whatever has a default may be left out. */
export type OrchestratorConfigInput = v.InferInput<typeof orchestratorConfigSchema>;

export type { OperationConfig } from './operation-config.js';

/** The names of the priorities are fixed; this line fails to compile when configuration and contract part ways. */
PRIORITIES satisfies readonly (keyof OrchestratorConfig['priorities'])[];
