import { cp, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Answer, rloIn } from '../support/rlo.js';
import { type Scratch, scratch } from '../support/scratch.js';

const PLAN = ['plan', '--limit', '100/60s', '--latency-p50', '300ms', '--latency-p99', '1500ms'];

describe('rlo plan and rlo simulate', () => {
  let elsewhere: Scratch;

  beforeAll(async () => {
    elsewhere = await scratch();
  });

  afterAll(() => elsewhere.remove());

  it('hands the planner every option as it was typed, and leaves its files where the user is', async () => {
    const chart = 'plan.svg';

    const { code, output } = await rloIn(elsewhere.directory, [...PLAN, '--json', '--chart', chart]);

    const plan = JSON.parse(output) as { readonly subject: string };
    expect([code, plan.subject]).toEqual([0, 'the options given']);
    expect(await readFile(elsewhere.file(chart), 'utf8')).toContain('<svg');
  }, 30_000);

  it('plans without options for the cdk.json of the project that it is called in, and for no other', async () => {
    const project = await scratch();
    const cdkJson = JSON.parse(await readFile('cdk.json', 'utf8')) as {
      readonly context: { readonly orchestrators: readonly object[] };
    };
    const [orchestrator] = cdkJson.context.orchestrators;
    const context = { orchestrators: [{ ...orchestrator, name: 'mail-provider' }] };
    await writeFile(project.file('cdk.json'), JSON.stringify({ context }));

    const [here, anywhere] = await Promise.all(
      [project, elsewhere].map(({ directory }) => rloIn(directory, ['plan'])),
    );
    await project.remove();

    expect([here?.code, anywhere?.code]).toEqual([0, 2]);
    expect(here?.output).toContain('mail-provider');
    expect(anywhere?.errors).toContain(
      'there is no cdk.json here to plan for; go to your project, or give --limit',
    );
  }, 30_000);

  it('refuses a cdk.json that is not JSON by its name, and tells what one without a context lacks', async () => {
    const project = await scratch();
    const refusals: Answer[] = [];
    for (const text of ['{ "context": { "a": 1 "b": 2 } }', '{ "app": "x" }']) {
      await writeFile(project.file('cdk.json'), text);
      refusals.push(await rloIn(project.directory, ['plan']));
    }
    await project.remove();

    expect(refusals.map(({ code }) => code)).toEqual([1, 1]);
    expect(refusals.map(({ errors }) => errors)).toEqual([
      expect.stringMatching(/^cdk\.json has 1 fault:\n {2}- it is not JSON: .* position 22.*\n$/) as string,
      expect.stringMatching(
        /^the context has 1 fault:\n {2}- orchestrators: expected a list .*\n$/,
      ) as string,
    ]);
  }, 30_000);

  it.each([
    ['the planner', ['plan', '--limit', '5/x'], "option '--limit <N/window>' argument '5/x' is invalid"],
    [
      'the planner, as JSON,',
      ['plan', '--limt', '--json'],
      `{"error":"unknown option '--limt'","exitCode":2}`,
    ],
    ['the simulator', ['simulate', '--local'], "unknown option '--local'"],
  ])(
    'leaves it to %s to refuse what it does not know, with exit code 2',
    async (_, args, fault) => {
      const { code, errors } = await rloIn(elsewhere.directory, args);

      expect(code).toBe(2);
      expect(errors).toContain(fault);
    },
    30_000,
  );

  it('simulates', async () => {
    const figures = ['--figures', 'figures.json'];

    const { code, output } = await rloIn(elsewhere.directory, [
      ...['simulate', '--seed', '1', '--workload', 'batch-only', '--minutes', '1', ...figures],
    ]);

    expect(code).toBe(0);
    expect(output).toMatch(/every promise kept over \d+ calls/);
    expect(JSON.parse(await readFile(elsewhere.file('figures.json'), 'utf8'))).toMatchObject([
      { violations: 0 },
    ]);
  }, 60_000);

  it('says plainly where they are not to be had', async () => {
    const checkout = elsewhere.file('installed');
    const { files } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly files: string[] };
    // All that is packed, but what only packing builds.
    for (const part of [...files.filter((file) => file !== 'dist'), 'package.json'])
      await cp(part, join(checkout, part), { recursive: true });
    await symlink(join(process.cwd(), 'node_modules'), join(checkout, 'node_modules'));

    const { code, errors } = await rloIn(elsewhere.directory, ['simulate'], { checkout });

    expect(code).toBe(1);
    expect(errors).toMatch(
      /^error: rlo simulate runs test\/simulation\/bin\/simulate.ts, which is not here: clone/,
    );
  }, 30_000);
});
