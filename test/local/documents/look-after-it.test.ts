// Goal: whoever types what the README says about an incident sees what the README says.
// Method: its commands, in its order, on a local run with a backlog.
import { blocksOf, commandsOf } from '../../support/documents.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type Answer, rlo } from '../support/rlo.js';

const [commands = []] = blocksOf('README.md', 'sh')
  .map(commandsOf)
  .filter(([first]) => first === 'npx rlo pause batch --local');

describe('the README’s commands for an incident', () => {
  let stack: LocalStack;
  const answers: Answer[] = [];

  beforeAll(async () => {
    stack = await startLocalStack();
    for (const command of commands) {
      const [, , ...words] = command.split(' ').filter((word) => word !== '--local');
      answers.push(await rlo(stack.aws.endpoint, ...words));
    }
  }, 120_000);

  afterAll(() => stack.stop());

  it('are three, and succeed', () => {
    expect(answers.map(({ code, errors }) => [code, errors])).toEqual([0, 0, 0].map((code) => [code, '']));
  });

  it('answer as the README shows', () => {
    const [paused, limited, status] = answers.map(({ output }) => output);

    expect(paused).toContain('Paused: BATCH. `rlo resume` ends it.');
    expect(limited).toContain(
      '10 calls per 1 s from now on; before: 20 calls per 1 s; configured: 20 calls per 1 s.',
    );
    expect(status).toMatch(/^Limit {4}10 calls per 1 s, set by hand: at most 9\.43\/s, a hold of 530 ms$/m);
    expect(status).toMatch(/^Paused {3}BATCH$/m);
  });
});
