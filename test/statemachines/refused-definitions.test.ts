import { InvalidDefinitionError } from '../../local/aws/step-functions/asl/fault.js';
import { aCallbackTask, aMachine, aMachineOf, aSendTask, inner, sendMessage } from './support/machines.js';
import { TestService } from './support/service.js';

function faultsOf(definition: string): readonly string[] {
  try {
    new TestService().create(definition);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinitionError)) throw error;
    return error.faults.map(({ path, message }) => `${path}: ${message}`);
  }
}

const pass = { Type: 'Pass', End: true };
const map = {
  Type: 'Map',
  Items: [1],
  ItemProcessor: inner(aMachineOf({ Type: 'Succeed', End: undefined })),
};

const distributed = (more: object, config: object = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }) => ({
  ...map,
  ItemProcessor: { ...map.ItemProcessor, ProcessorConfig: config },
  ...more,
});

describe('createStateMachine', () => {
  it('lists every fault at once, each with its path', () => {
    const definition = JSON.stringify({
      StartAt: 'Nowhere',
      Surprise: 1,
      States: {
        Bad: { Type: 'Pass', Parameters: {}, Output: '{% 1 + %}', Next: 'Gone' },
        Worse: { Type: 'Teleport' },
      },
    });

    expect(faultsOf(definition)).toEqual([
      "/Surprise: unknown field 'Surprise'",
      "/States/Bad/Parameters: field 'Parameters' belongs to JSONPath, and only JSONata is supported",
      "/States/Bad/QueryLanguage: query language 'JSONPath' is not supported, only 'JSONata'",
      '/States/Bad/Output: JSONata expression does not compile: S0207: Unexpected end of expression',
      '/States/Worse/Type: field \'Type\' must be one of Pass, Task, Choice, Wait, Succeed, Fail, Parallel, Map: "Teleport"',
      "/StartAt: 'Nowhere' is not a state beside it",
      "/States/Bad/Next: 'Gone' is not a state beside it",
      "/States/Bad: state 'Bad' is not reachable",
      "/States/Worse: state 'Worse' is not reachable",
    ]);
  });

  it.each<readonly [string, string, string]>([
    ['no JSON', '{', 'the definition is not JSON'],
    ['no states', '{"QueryLanguage":"JSONata","StartAt":"A"}', "/States: field 'States' is required"],
    [
      'JSONPath',
      aMachine({ A: { ...pass, QueryLanguage: 'JSONPath' } }),
      "query language 'JSONPath' is not supported",
    ],
    ['Result', aMachineOf({ ...pass, Result: 1 }), "/States/Only/Result: field 'Result' belongs to JSONPath"],
    ['no Type', aMachineOf({}), "/States/Only/Type: field 'Type' must be one of"],
    [
      'neither Next nor End',
      aMachineOf({ ...pass, End: undefined }),
      "exactly one of the fields 'Next' and 'End'",
    ],
    [
      'both Next and End',
      aMachineOf({ ...pass, Next: 'Only' }),
      "exactly one of the fields 'Next' and 'End'",
    ],
    ['an unreachable state', aMachine({ A: pass, B: pass }), "/States/B: state 'B' is not reachable"],
    [
      'a long state name',
      aMachine({ ['x'.repeat(81)]: pass }),
      "a state's name must have 1 to 80 characters",
    ],
    [
      '$eval',
      aMachineOf({ ...pass, Output: "{% $eval('1') %}" }),
      "function '$eval' is not supported: use '$parse'",
    ],
    [
      'an unknown resource',
      aMachineOf({ Type: 'Task', Resource: 'arn:aws:states:::sns:publish' }),
      "'arn:aws:states:::sns:publish' is not supported",
    ],
    [
      '.sync',
      aMachineOf({ ...aSendTask(), Resource: `${sendMessage}.sync` }),
      `'${sendMessage}.sync' is not supported`,
    ],
    [
      '.sync:2',
      aMachineOf({ ...aSendTask(), Resource: `${sendMessage}.sync:2` }),
      `'${sendMessage}.sync:2' is not supported`,
    ],
    ['Credentials', aMachineOf({ ...aSendTask(), Credentials: {} }), "field 'Credentials' is not supported"],
    [
      'TimeoutSecondsPath',
      aMachineOf({ ...aSendTask(), TimeoutSecondsPath: '$.a' }),
      "'TimeoutSecondsPath' belongs to JSONPath",
    ],
    [
      'a timeout of 0',
      aMachineOf({ ...aSendTask(), TimeoutSeconds: 0 }),
      "field 'TimeoutSeconds' must be an integer from 1",
    ],
    [
      'a slow heartbeat',
      aMachine({ A: aCallbackTask({ TimeoutSeconds: 5, HeartbeatSeconds: 5 }) }),
      "must be smaller than 'TimeoutSeconds'",
    ],
    [
      'a distributed map whose executions could not wait for a callback',
      aMachineOf(distributed({}, { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' })),
      "execution type 'EXPRESS' is not supported, only 'STANDARD'",
    ],
    [
      'a processor mode',
      aMachineOf(distributed({}, { Mode: 'OTHER' })),
      'processor mode "OTHER" is not supported',
    ],
    [
      'an item reader without a distributed map',
      aMachineOf({ ...map, ItemReader: {} }),
      "field 'ItemReader' needs the processor mode 'DISTRIBUTED'",
    ],
    ['an item batcher', aMachineOf(distributed({ ItemBatcher: {} })), "field 'ItemBatcher' is not supported"],
    [
      'another reader than of one object',
      aMachineOf(
        distributed({ ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: {} } }),
      ),
      "resource 'arn:aws:states:::s3:listObjectsV2' is not supported",
    ],
    [
      'a reader of another format',
      aMachineOf(distributed({ ItemReader: { ReaderConfig: { InputType: 'PARQUET' } } })),
      "field 'InputType' must be one of JSON, JSONL, CSV: PARQUET",
    ],
    [
      'a writer that transforms',
      aMachineOf(distributed({ ResultWriter: { WriterConfig: { Transformation: 'FLATTEN' } } })),
      "field 'Transformation' must be one of NONE: FLATTEN",
    ],
    [
      'a percentage above 100',
      aMachineOf(distributed({ ToleratedFailurePercentage: 101 })),
      "field 'ToleratedFailurePercentage' must be a number from 0 to 100",
    ],
    ['Iterator', aMachineOf({ ...map, Iterator: {} }), "'Iterator' is the old name of 'ItemProcessor'"],
    ['an object as items', aMachineOf({ ...map, Items: { a: 1 } }), "field 'Items' must be an array"],
    ['no branches', aMachineOf({ Type: 'Parallel', Branches: [] }), "field 'Branches' is empty"],
    [
      'a name used twice',
      aMachineOf({ Type: 'Parallel', Branches: [inner(aMachineOf(pass))] }),
      "state name 'Only' is used twice",
    ],
    ['no choices', aMachineOf({ Type: 'Choice', Choices: [], End: undefined }), "field 'Choices' is empty"],
    [
      'a JSONPath choice',
      aMachineOf({ Type: 'Choice', Choices: [{ Variable: '$.a', Next: 'Only' }], End: undefined }),
      "field 'Variable' belongs to JSONPath",
    ],
    [
      'two kinds of wait',
      aMachineOf({ Type: 'Wait', Seconds: 1, Timestamp: '2026-01-31T12:00:00Z' }),
      "exactly one of the fields 'Seconds' and 'Timestamp'",
    ],
    [
      'a bad timestamp',
      aMachineOf({ Type: 'Wait', Timestamp: '2026-01-31' }),
      "field 'Timestamp' must be an RFC 3339 timestamp",
    ],
    ['Assign of no object', aMachineOf({ ...pass, Assign: '{% {} %}' }), "field 'Assign' must be an object"],
    ['a reserved variable', aMachineOf({ ...pass, Assign: { states: 1 } }), "variable 'states' is reserved"],
    ['a bad variable name', aMachineOf({ ...pass, Assign: { 'a-b': 1 } }), "'a-b' is not a variable name"],
    [
      'a state beside the catcher',
      aMachineOf({ ...aSendTask(), Catch: [{ ErrorEquals: ['A'], Next: 'Gone' }] }),
      '/States/Only/Catch/0/Next',
    ],
    [
      'ResultPath in Catch',
      aMachineOf({ ...aSendTask(), Catch: [{ ErrorEquals: ['A'], Next: 'Only', ResultPath: '$' }] }),
      "/States/Only/Catch/0/ResultPath: field 'ResultPath' belongs to JSONPath",
    ],
    [
      'States.ALL with others',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] }),
      "'States.ALL' must stand alone",
    ],
    [
      'States.ALL first',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] }),
      "'States.ALL' must come last",
    ],
    [
      'an invented States error',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['States.Nothing'] }] }),
      "unknown error name 'States.Nothing'",
    ],
    [
      'an unknown retry field',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['A'], Interval: 1 }] }),
      "/States/Only/Retry/0/Interval: unknown field 'Interval'",
    ],
    [
      'an unknown jitter',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'HALF' }] }),
      "must be 'FULL' or 'NONE'",
    ],
    [
      'a backoff below 1',
      aMachineOf({ ...aSendTask(), Retry: [{ ErrorEquals: ['A'], BackoffRate: 0.5 }] }),
      "field 'BackoffRate' must be a number from 1",
    ],
    ['Retry on Pass', aMachineOf({ ...pass, Retry: [] }), "/States/Only/Retry: unknown field 'Retry'"],
  ])('refuses %s', (_, definition, expected) => {
    expect(faultsOf(definition).join('\n')).toContain(expected);
  });

  it('refuses a variable of a branch that shadows one around it', () => {
    const branch = inner(aMachine({ Inside: { ...pass, Assign: { total: 2 } } }));
    const definition = aMachine({
      Outside: { Type: 'Pass', Assign: { total: 1 }, Next: 'Fork' },
      Fork: { Type: 'Parallel', Branches: [branch], End: true },
    });

    expect(faultsOf(definition)).toEqual([
      "/States/Fork/Branches/0/States/Inside/Assign/total: variable 'total' is already assigned in an outer scope",
    ]);
  });

  it('refuses a name with characters that AWS forbids', () => {
    expect(() => new TestService().create(aMachineOf(pass), 'a b')).toThrow('Invalid Name');
  });
});
