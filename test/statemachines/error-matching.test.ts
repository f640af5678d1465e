import { heartbeatTimeout, StateError, taskTimeout } from '../../local/aws/step-functions/state-error.js';

const named = (error: string | undefined) => new StateError(error, undefined);

describe('an error name in Retry and Catch', () => {
  it.each([
    ['States.ALL', named('Any'), true],
    ['States.ALL', named(undefined), true],
    ['States.ALL', taskTimeout(), true],
    ['States.ALL', named('States.QueryEvaluationError'), true],
    ['States.ALL', named('States.DataLimitExceeded'), false],
    ['States.DataLimitExceeded', named('States.DataLimitExceeded'), true],
    ['States.ALL', named('States.Runtime'), false],
    ['States.Runtime', named('States.Runtime'), false],
    ['States.TaskFailed', named('Any'), true],
    ['States.TaskFailed', taskTimeout(), false],
    ['States.TaskFailed', heartbeatTimeout(), false],
    ['States.TaskFailed', named('States.DataLimitExceeded'), false],
    ['States.Timeout', taskTimeout(), true],
    ['States.Timeout', heartbeatTimeout(), true],
    ['States.HeartbeatTimeout', heartbeatTimeout(), true],
    ['States.HeartbeatTimeout', taskTimeout(), false],
    ['Any', named('any'), false],
    ['', named(undefined), false],
  ])('%s against %s: %s', (name, error, expected) => {
    expect(error.isMatchedBy([name])).toBe(expected);
  });
});
