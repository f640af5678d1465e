import { counted } from '../contracts/counted.js';
import { PRIORITIES } from '../contracts/priority.js';
import { aTaskOutlivesMaintenance, maintenanceLeavesTime } from './maintenance-rules.js';
import { methodOfLookup } from './operation-config.js';
import { LIMIT_WINDOW_MAX_MS, type OrchestratorConfig } from './orchestrator-config.js';
import { givenBackMax, keepsOrder } from './ordering.js';
import { ifSound, unknowable } from './sound-part.js';
import { FUNCTION_TIMEOUT_MAX_SECONDS, SETTLE_BUDGET_MS, type Timings, timingsOf } from './timings.js';

type Rule = (config: OrchestratorConfig, timings: Timings) => readonly string[];

/**
 * Every fault of fields that are sound by themselves but do not fit together. Empty when there is none.
 *
 * @param withEveryOperation the same with every operation, where some of them are faulty
 */
export function configFaults(config: OrchestratorConfig, withEveryOperation = config): string[] {
  const timings = ifSound(() => timingsOf(withEveryOperation));
  // Without a hold there are no times to check: they would all be infinite for this one reason.
  const known =
    timings !== undefined && Number.isFinite(timings.holdMs) ? timings : (unknowable() as Timings);
  return RULES.flatMap((rule) => ifSound(() => rule(config, known)) ?? []);
}

const everySlotMayCallInEachWindow: Rule = ({ limits, slots }) =>
  limits.flatMap((limit, index) =>
    limit.calls >= slots || limit.windowMs > LIMIT_WINDOW_MAX_MS
      ? []
      : [
          `limits[${index}]: ${counted(limit.calls, 'call')} per ${limit.windowMs} ms would leave some of the ${slots} slots without a call in a window; use at most ${counted(limit.calls, 'slot')}`,
        ],
  );

const sharesFitIntoTheTurns: Rule = ({ priorities }) => {
  const shares = PRIORITIES.map((priority) => priorities[priority].minShareRatio);
  const sum = Number(shares.reduce((total, share) => total + share, 0).toFixed(6));
  const terms = PRIORITIES.map((priority, index) => `${priority} ${shares[index]}`).join(' + ');
  return sum <= 1
    ? []
    : [`priorities: the minimum shares ${terms} = ${sum} exceed all turns; lower them to a sum of at most 1`];
};

const objectivesComeBeforeTimeouts: Rule = ({ priorities }) =>
  PRIORITIES.filter(
    (priority) => priorities[priority].ageObjectiveSeconds >= priorities[priority].taskTimeoutSeconds,
  ).map(
    (priority) =>
      `priorities.${priority}: ageObjectiveSeconds ${priorities[priority].ageObjectiveSeconds} is not below taskTimeoutSeconds ${priorities[priority].taskTimeoutSeconds}; a task would time out before it counts as late`,
  );

const backlogsDrainBeforeTimeouts: Rule = ({ priorities, intake }) =>
  PRIORITIES.flatMap((priority) => {
    const budgetSeconds = intake?.backlogBudgetSeconds[priority];
    const { taskTimeoutSeconds } = priorities[priority];
    return budgetSeconds === undefined || budgetSeconds < taskTimeoutSeconds
      ? []
      : [
          `intake.backlogBudgetSeconds: ${priority} ${budgetSeconds} is not below its taskTimeoutSeconds ${taskTimeoutSeconds}; calls would be taken that time out before their turn`,
        ];
  });

const aTaskOutlivesARedelivery: Rule = ({ priorities }, { visibilityTimeoutSeconds, crashWaitMs }) => {
  const leastSeconds = 2 * visibilityTimeoutSeconds + Math.ceil(crashWaitMs / 1_000);
  return PRIORITIES.filter((priority) => priorities[priority].taskTimeoutSeconds <= leastSeconds).map(
    (priority) =>
      `priorities.${priority}: taskTimeoutSeconds ${priorities[priority].taskTimeoutSeconds} leaves no time to serve a message again after a crash; allow more than ${leastSeconds} seconds`,
  );
};

const theSlotEndsInTime: Rule = ({ slotBudgetMs }, { functionTimeoutSeconds }) =>
  functionTimeoutSeconds <= FUNCTION_TIMEOUT_MAX_SECONDS
    ? []
    : [
        `slotBudgetMs ${slotBudgetMs} and the longest call, hold or serviceTimeMaxMs and ${SETTLE_BUDGET_MS} ms to settle need a function timeout of ${functionTimeoutSeconds} seconds, but Lambda allows ${FUNCTION_TIMEOUT_MAX_SECONDS}; lower one of them`,
      ];

const theBudgetHoldsACall: Rule = ({ slotBudgetMs }, { crashWaitMs }) =>
  slotBudgetMs > crashWaitMs
    ? []
    : [
        `slotBudgetMs ${slotBudgetMs} is spent by the wait of ${crashWaitMs} ms after a crash (the longer of hold and serviceTimeMaxMs); allow more than that`,
      ];

const deferralsNeverDeadLetter: Rule = (config) => {
  const { maxReceiveCount } = config;
  const most = givenBackMax(config);
  const why = keepsOrder(config) ? 'given back in their place' : 'deferred';
  return maxReceiveCount >= most + 5
    ? []
    : [
        `maxReceiveCount ${maxReceiveCount} would dead-letter messages for having been ${why} up to ${most} times; allow at least ${most + 5}`,
      ];
};

const onlyOnceIsLookedUp: Rule = ({ operations }) =>
  Object.entries(operations)
    .filter(([, { effect, lookup }]) => lookup !== undefined && effect !== 'once')
    .map(
      ([name]) =>
        `operations.${name}: lookup on an idempotent operation, which is simply repeated; remove it, or declare effect once`,
    );

type Operation = OrchestratorConfig['operations'][string];

const oneWayOfCalling: Rule = ({ operations }) =>
  Object.entries(operations).flatMap(([name, { lookup, ...call }]) => [
    ...clashes(call).map((fault) => `operations.${name}: ${fault}`),
    ...(lookup === undefined ? [] : clashes({ ...lookup, method: methodOfLookup(lookup) })).map(
      (fault) => `operations.${name}.lookup: ${fault}`,
    ),
  ]);

type Wire = Pick<
  Operation,
  'method' | 'soap' | 'adapter' | 'format' | 'body' | 'result' | 'query' | 'headers'
> & { readonly executed?: string | undefined };

function clashes(call: Wire): readonly string[] {
  const { method, soap, adapter, format, body, result, query, headers, executed } = call;
  const ours = Object.entries({ soap, format, body, result, query, headers, executed });
  const taken = ours.flatMap(([field, value]) => (value === undefined ? [] : [field]));
  if (adapter !== undefined && taken.length > 0)
    return [`adapter ${adapter} writes requests and reads answers itself; remove ${taken.join(', ')}`];
  if (soap !== undefined && format !== undefined)
    return [`format ${format} beside soap, whose body is XML; remove one of them`];
  if (soap !== undefined && method !== 'POST')
    return [`method ${method} beside soap, which is called by POST; remove method`];
  return bodyless(call);
}

function bodyless({ method, body, format }: Pick<Wire, 'method' | 'body' | 'format'>): readonly string[] {
  if (method !== 'GET') return [];
  const fields = [body === undefined ? [] : ['body'], format === undefined ? [] : ['format']].flat();
  if (fields.length === 0) return [];
  return [`${fields.join(' and ')} beside GET, which has no body; use query or another method`];
}

const RULES: readonly Rule[] = [
  everySlotMayCallInEachWindow,
  sharesFitIntoTheTurns,
  objectivesComeBeforeTimeouts,
  backlogsDrainBeforeTimeouts,
  aTaskOutlivesARedelivery,
  theSlotEndsInTime,
  theBudgetHoldsACall,
  deferralsNeverDeadLetter,
  onlyOnceIsLookedUp,
  oneWayOfCalling,
  maintenanceLeavesTime,
  aTaskOutlivesMaintenance,
];
