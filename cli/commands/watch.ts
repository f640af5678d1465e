import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { OptionError, parseDurationMs } from '../../lambdas/core/config/units.js';
import { connect, type GlobalOptions } from '../context.js';
import { endingWell } from '../report.js';
import { readStatus } from '../status/read-status.js';
import { statusText } from '../status/status-text.js';

/** Step Functions answers about 5 lists a second to a whole account, and each look takes 4 of them. */
const EVERY_DEFAULT = '2s';
const EVERY_LEAST_MS = 500;

const CLEAR = '\u001b[H\u001b[2J';

export function watchCommand(program: Command): void {
  program
    .command('watch')
    .description('the status, again and again until Ctrl-C; with --json one line each time')
    .addOption(
      new Option('--every <duration>', 'such as 5s; each look takes requests of your account')
        .argParser(parseEvery)
        .default(parseEvery(EVERY_DEFAULT), EVERY_DEFAULT),
    )
    .action(({ every }: { readonly every: number }) => watch(program.opts<GlobalOptions>(), every));
}

async function watch(options: GlobalOptions, everyMs: number): Promise<void> {
  await endingWell(options, async () => {
    const context = await connect(options);
    for (;;) {
      const status = await readStatus(context);
      const before = process.stdout.isTTY ? CLEAR : '';
      process.stdout.write(
        options.json === true ? `${JSON.stringify(status)}\n` : `${before}${statusText(status)}\n`,
      );
      await sleep(everyMs);
    }
  });
}

function parseEvery(text: string): number {
  try {
    const everyMs = parseDurationMs(text);
    if (everyMs >= EVERY_LEAST_MS) return everyMs;
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
  }
  throw new InvalidArgumentError(`expected a duration of at least ${EVERY_LEAST_MS}ms, such as 5s`);
}
