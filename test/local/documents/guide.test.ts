// Goal: whoever follows docs/integrate-a-legacy-api.md gets there.
// Method: its configuration stands alone in the local run, as --api has it, and its rlo commands are run in order.
import { chosenApi } from '../../../local/cli/chosen-api.js';
import { blocksOf, commandsOf } from '../../support/documents.js';
import { type LocalStack, startLocalStack } from '../support/local-stack.js';
import { type Answer, rlo, rloIn } from '../support/rlo.js';

const GUIDE = 'docs/integrate-a-legacy-api.md';
const RLO = 'npx rlo ';
const [configuration] = blocksOf(GUIDE, 'json config');
const COMMANDS = blocksOf(GUIDE, 'sh')
  .flatMap(commandsOf)
  .filter((command) => command.startsWith(RLO))
  .map((command) => command.slice(RLO.length));

describe('the guide to a first integration', () => {
  let stack: LocalStack;

  beforeAll(async () => {
    const api = chosenApi('erp', [JSON.parse(configuration?.text ?? '')]);
    const { limits, slots: concurrency } = api.config;
    stack = await startLocalStack({ api, limits, concurrency });
  }, 60_000);

  afterAll(() => stack.stop());

  it('has commands to plan, start, list, tell the status, pause and resume', () => {
    expect(COMMANDS.map((words) => words.split(' ')[0])).toEqual([
      ...['plan', 'start', 'start', 'list', 'status', 'pause', 'resume'],
    ]);
  });

  it('has commands that work in this order', async () => {
    const answers: Answer[] = [];
    for (const words of COMMANDS) {
      const args = words.split(' ').map((word) => word.replaceAll("'", ''));
      const local = args.includes('--local');
      const told = args.filter((word) => word !== '--local');
      answers.push(local ? await rlo(stack.aws.endpoint, ...told) : await rloIn(process.cwd(), args));
    }

    expect(answers.map(({ code, errors }) => [code, errors])).toEqual(COMMANDS.map(() => [0, '']));
    const [, created, found, list, status] = answers.map(({ output }) => output);
    expect(JSON.parse(created ?? '')).toMatchObject({ received: { amount: 120 } });
    expect(found).toContain('{');
    expect(list).toContain('SUCCEEDED');
    expect(status).toContain('erp');
    expect(status).toContain('100 calls per 60 s');
  }, 120_000);
});
