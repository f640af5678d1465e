// Goal: nobody copies something from a page that nobody has run.
// Method: each block of code has a language, and each command is run by what is named here. What those tests run, they
// read from the pages where a test is named with "from the page".
import { existsSync } from 'node:fs';
import { blocksOf, commandsOf, PAGES, pageOf } from '../../support/documents.js';

/** By which test a command is run, or why it cannot be. */
const RUN_BY: readonly (readonly [command: RegExp, by: string])[] = [
  [/^(npm ci|npm start|npx cdk synth)$/, '.ci/run'],
  [/^npm start -- --chaos all --calls 500$/, 'test/local/cli/start-with-chaos.test.ts'],
  [/^npm start -- --api erp /, 'test/local/cli/start-one-api.test.ts'],
  [/^npm run local/, 'test/local/cli/serve.test.ts'],
  [/^npm run example$/, 'test/local/examples/task-notifications.test.ts'],
  [/^npm run example:order$/, 'test/local/examples/order-workflow.test.ts'],
  [/^npm run doors$/, 'test/local/examples/every-door.test.ts'],
  [/^npm run (bench|mutate)/, 'test/unit/documents/options.test.ts'],
  [/^npm run jest -- test\/unit\/adapters\/custom$/, 'test/unit/adapters/custom/example.test.ts'],
  [/^npx rlo new-adapter /, 'test/unit/cli/new-adapter.test.ts'],
  [/^npx rlo simulate/, 'test/unit/documents/options.test.ts'],
  [/^npx rlo plan /, 'test/infra/documents/plan.test.ts'],
  [/^npx rlo dead-letters /, 'test/local/cli-rlo/dead-letters.test.ts'],
  [/^npx rlo limit 10\/1s --local/, 'test/local/documents/look-after-it.test.ts'],
  [/^npx rlo (pause|status|resume|start|list) ?.*--local/, 'test/local/documents/guide.test.ts'],
  [/^curl /, 'test/local/documents/requests-over-http.test.ts'],
  [/^export AWS_ENDPOINT_URL=/, 'test/local/documents/aws-commands.test.ts'],
  [/^aws (stepfunctions|s3|events) /, 'test/local/documents/aws-commands.test.ts'],
  [/^cd examples\//, 'nothing: where to go'],
  [/^(npx cdk deploy|npm run verify:aws|aws sns )/, 'nobody: needs an account with AWS'],
];

const blocks = PAGES.flatMap((page) => blocksOf(page));
const commands = blocks.filter(({ language }) => language === 'sh').flatMap(commandsOf);

describe('the examples of every page', () => {
  it('say what they are', () => {
    const known = ['sh', 'text', 'ts', 'json config', 'json operations', 'json answer'];

    const others = blocks.filter(({ language }) => !known.includes(language));
    expect(others.map(({ page, language }) => `${page}: ${language}`)).toEqual([]);
    expect(PAGES.filter((page) => (pageOf(page).match(/^```/gm) ?? []).length % 2 === 1)).toEqual([]);
  });

  it.each(commands.map((command) => [command.slice(0, 100), command] as const))(
    'are run by one test: %s',
    (_shown, command) => {
      const by = RUN_BY.filter(([pattern]) => pattern.test(command)).map(([, test]) => test);

      expect(by).toHaveLength(1);
      const [test = ''] = by;
      expect(test.includes(':') || existsSync(test)).toBe(true);
    },
  );

  it('are all there', () => {
    const stale = RUN_BY.filter(([pattern]) => !commands.some((command) => pattern.test(command)));

    expect(stale).toEqual([]);
  });
});
