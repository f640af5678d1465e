// Goal: whoever copies a page's commands for the AWS command line starts what the page says.
// Method: the commands run in a shell, with only what stands in <angle brackets> filled in, against a local run.
import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { synthesize } from '../../../local/synthesize.js';
import { blocksOf, commandsOf } from '../../support/documents.js';
import { type OwnStack, startOwnStack } from '../support/own-stack.js';
import { type Scratch, scratch } from '../support/scratch.js';

const LIMIT = { calls: 20, windowMs: 1_000 };

const hasAws = spawnSync('aws', ['--version']).status === 0;
if (!hasAws) console.warn('There is no `aws` on the PATH: the commands for it on the pages were not run.');

/** The block of this page that begins so. */
function scriptOf(page: string, start: string): string {
  const found = blocksOf(page, 'sh').find(({ text }) => text.startsWith(start));
  if (found === undefined) throw new Error(`${page} has no block that begins with ${start}`);
  return commandsOf(found).join('\n');
}

(hasAws ? describe : describe.skip)('the pages’ commands for the AWS command line', () => {
  let stack: OwnStack;
  let files: Scratch;

  beforeAll(async () => {
    files = await scratch();
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 20 } },
        ...{ limits: [LIMIT], inFlightMax: 5 },
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, { baseUrl, limits: [LIMIT], slots: 5, events: {}, batchLoad: {} }),
    });
  }, 60_000);

  afterAll(async () => {
    await stack.stop();
    await files.remove();
  });

  /** Runs the script as a reader would, in the environment that the README sets. */
  async function run(script: string, filledIn: Readonly<Record<string, string>> = {}): Promise<string> {
    const [exports = ''] = commandsOf({
      ...{ page: 'README.md', language: 'sh' },
      text: scriptOf('README.md', 'export AWS_ENDPOINT_URL'),
    });
    const filled = Object.entries(filledIn).reduce(
      (text, [name, value]) => text.replaceAll(`<${name}>`, value),
      `${exports.replace(/http:\S+/, stack.aws.endpoint)}\n${script}`,
    );
    const { stdout } = await promisify(execFile)('sh', ['-ec', filled], { cwd: files.directory });
    return stdout;
  }

  it('start an execution', async () => {
    const script = scriptOf('README.md', 'export AWS_ENDPOINT_URL').split('\n').slice(1).join('\n');

    const started = await run(script, { ARN: stack.output('StateMachineArn') });

    const { executionArn } = JSON.parse(started) as { readonly executionArn: string };
    expect(await stack.ended(executionArn.split(':').at(-1) ?? '')).toMatchObject({ status: 'SUCCEEDED' });
  }, 60_000);

  it('put an event that starts one', async () => {
    const put = await run(scriptOf('docs/events.md', 'aws events'));

    const { Entries } = JSON.parse(put) as { readonly Entries: readonly { readonly EventId: string }[] };
    expect(await stack.ended(`event-${Entries[0]?.EventId ?? ''}`)).toMatchObject({ status: 'SUCCEEDED' });
  }, 60_000);

  it('load a file', async () => {
    await writeFile(files.file('orders.csv'), 'id,amount\norder-1,10\norder-2,20\n');

    await run(scriptOf('docs/bulk.md', 'aws s3'), {
      ...{ bucket: stack.output('BatchBucketName'), BatchLoadArn: stack.output('BatchLoadArn') },
    });

    const { output } = await stack.ended('orders-of-today');
    expect(JSON.parse(output ?? 'null')).toMatchObject({ total: 2, succeeded: 2, failed: 0 });
  }, 60_000);
});
