import { parseTaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';

const TOKEN = 'AQCEAAAAKgAAAAMAAAAA-the-secret-token';

function faultsOf(body: string): string {
  const parsed = parseTaskRequest(body);
  return parsed.kind === 'malformed' ? parsed.faults.join('\n') : '';
}

describe('the faults of a malformed message', () => {
  it('never quote a token within a body that was encoded twice', () => {
    const twice = JSON.stringify(JSON.stringify(aTaskRequestBody({ taskToken: TOKEN })));

    const faults = faultsOf(twice);

    expect(faults).toMatch(/^value: expected an object but got a text of \d+ characters$/);
  });

  it.each([{ value: TOKEN }, [TOKEN], TOKEN.repeat(100), 987_654_321])(
    'never quote a token of a wrong form: %j',
    (token) => {
      const faults = faultsOf(JSON.stringify({ ...aTaskRequestBody(), taskToken: token }));

      expect(faults).toMatch(/^taskToken: /);
      expect(faults).not.toContain(TOKEN);
      expect(faults).not.toContain('987654321');
    },
  );

  it('never quote a body that is a token and nothing else', () => {
    expect(faultsOf(JSON.stringify(TOKEN))).toBe(
      `value: expected an object but got a text of ${TOKEN.length} characters`,
    );
    expect(faultsOf('987654321')).toBe('value: expected an object but got a number');
  });

  it('never quote a long value, which may be a payload in the wrong place', () => {
    const faults = faultsOf(JSON.stringify({ ...aTaskRequestBody(), priority: 'x'.repeat(200_000) }));

    expect(faults).toMatch(/^priority: expected .* but got a text of 200000 characters$/);
  });

  it('hold no character that a queue or a log would refuse', () => {
    const faults = faultsOf(JSON.stringify({ ...aTaskRequestBody(), priority: 'a\u0000b\u001b[2J' }));

    expect(faults).toMatch(/^priority: [\x20-\x7e]*$/);
  });
});
