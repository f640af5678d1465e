import type { Catcher, Retrier } from './definition.js';
import { Fields } from './fields.js';
import { parseResultFields } from './parse-result-fields.js';

const countMax = 99_999_999;
const delayMaxSeconds = 31_622_400; // 366 days
const backoffRateMax = 1_000; // ours: AWS names no bound

/** The retriers of a state, in order; defaults are those of the Amazon States Language. */
export function parseRetry(fields: Fields): readonly Retrier[] {
  const known = [
    'ErrorEquals',
    'IntervalSeconds',
    'MaxAttempts',
    'BackoffRate',
    'MaxDelaySeconds',
    'JitterStrategy',
  ];
  const retry = fields.optionalArray('Retry').map((source, index) => {
    const retrier = new Fields(source, `${fields.path}/Retry/${index}`, fields.checking, [
      ...known,
      'Comment',
    ]);
    const intervalSeconds = retrier.number('IntervalSeconds', 1, 1, countMax);
    const jitter = retrier.optionalString('JitterStrategy') ?? 'NONE';
    if (jitter !== 'FULL' && jitter !== 'NONE') {
      retrier.fault('JitterStrategy', "field 'JitterStrategy' must be 'FULL' or 'NONE'");
    }
    return {
      errorEquals: parseErrorEquals(retrier),
      intervalSeconds,
      attemptsMax: retrier.number('MaxAttempts', 3, 0, countMax),
      backoffRate: retrier.number('BackoffRate', 2, 1, backoffRateMax, 'number'),
      delayMaxSeconds: retrier.has('MaxDelaySeconds')
        ? retrier.number('MaxDelaySeconds', delayMaxSeconds, intervalSeconds + 1, delayMaxSeconds)
        : undefined,
      jitter: jitter === 'FULL' ? 'FULL' : 'NONE',
    } as const;
  });
  refuseAllBeforeLast(fields, 'Retry', retry);
  return retry;
}

/** The catchers of a state, in order. */
export function parseCatch(fields: Fields): readonly Catcher[] {
  const catchers = fields.optionalArray('Catch').map((source, index) => {
    const known = ['ErrorEquals', 'Next', 'Output', 'Assign', 'Comment'];
    const catcher = new Fields(source, `${fields.path}/Catch/${index}`, fields.checking, known);
    return {
      errorEquals: parseErrorEquals(catcher),
      next: catcher.requiredString('Next'),
      ...parseResultFields(catcher),
    };
  });
  refuseAllBeforeLast(fields, 'Catch', catchers);
  return catchers;
}

const builtInErrors = new Set([
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.Http.Socket',
  'States.IntrinsicFailure',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.ParameterPathFailure',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultPathMatchFailure',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
]);

function parseErrorEquals(fields: Fields): readonly string[] {
  const names = fields.array('ErrorEquals');
  if (fields.has('ErrorEquals') && names.length === 0)
    fields.fault('ErrorEquals', "field 'ErrorEquals' is empty");
  return names.flatMap((name) => {
    if (typeof name !== 'string') fields.fault('ErrorEquals', 'an error name must be a string');
    else if (name.startsWith('States.') && !builtInErrors.has(name)) {
      fields.fault(
        'ErrorEquals',
        `unknown error name '${name}': names that start with 'States.' are Step Functions' own`,
      );
    } else return [name];
    return [];
  });
}

function refuseAllBeforeLast(
  fields: Fields,
  field: string,
  handlers: readonly { errorEquals: readonly string[] }[],
) {
  for (const [index, { errorEquals }] of handlers.entries()) {
    if (!errorEquals.includes('States.ALL')) continue;
    if (errorEquals.length > 1)
      fields.fault(`${field}/${index}/ErrorEquals`, "'States.ALL' must stand alone");
    if (index < handlers.length - 1)
      fields.fault(`${field}/${index}/ErrorEquals`, "'States.ALL' must come last");
  }
}
