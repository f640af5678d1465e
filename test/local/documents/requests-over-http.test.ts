// Goal: whoever copies the README's requests gets what the README says.
// Method: its own commands, run by a shell with curl against the local run.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { blocksOf, commandsOf } from '../../support/documents.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { rloJson } from '../support/rlo.js';

const commands = blocksOf('README.md', 'sh')
  .flatMap(commandsOf)
  .filter((command) => command.startsWith('curl '));
const [answer] = blocksOf('README.md', 'json answer');

type Json = Readonly<Record<string, unknown>>;

describe('the README’s requests over HTTP', () => {
  let stack: LocalStack;
  let answers: readonly Json[];

  beforeAll(async () => {
    stack = await startLocalStack();
    await rloJson(stack.aws.endpoint, 'pause');
    let id = '';
    const given: Json[] = [];
    for (const command of commands) {
      const env = { ...process.env, INTAKE: stack.intakeUrl, ID: id };
      const { stdout } = await promisify(execFile)('sh', ['-c', command], { env });
      const json = JSON.parse(stdout) as Json;
      given.push(json);
      if (id === '') id = String(json['id']);
    }
    answers = given;
  }, 120_000);

  afterAll(() => stack.stop());

  it('are answered in the form that it shows', () => {
    const shown = JSON.parse(answer?.text ?? '') as Json;

    expect(shapeOf(answers[0])).toEqual(shapeOf(shown));
    expect(answers[0]).toMatchObject({ id: shown['id'], status: 'RUNNING', links: shown['links'] });
  });

  it('start, list, show, hurry and cancel', () => {
    const [taken, batch, list, shown, hurried, cancelled, document] = answers;
    const id = taken?.['id'];

    expect(batch).toMatchObject({ results: [{ status: 202 }, { status: 202 }] });
    expect((list?.['calls'] as readonly Json[]).map((call) => call['id'])).toContain(id);
    expect(shown).toMatchObject({ id, operation: 'chargeCard', idempotencyKey: 'invoice-7' });
    expect(hurried).toMatchObject({
      status: 409,
      detail: expect.stringContaining('HIGH is paused') as unknown,
    });
    expect(cancelled).toMatchObject({ id, status: 'ABORTED' });
    expect(document).toMatchObject({ openapi: '3.1.0' });
  });
});

/** The names of all fields, without those of what may be unknown. */
function shapeOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return true;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== 'unknownBecause')
      .map(([name, part]) => [name, shapeOf(part)]),
  );
}
