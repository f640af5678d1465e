import { Command, CommanderError, Option } from 'commander';
import { MEMORY_DEFAULT_MB } from '../../lambdas/core/config/orchestrator-config.js';
import { OptionError, type RateLimit } from '../../lambdas/core/config/units.js';
import type { ByPriority } from '../../lambdas/core/contracts/priority.js';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import { DESCRIPTION, EPILOGUE } from './help.js';
import { VALUES } from './values.js';

/** What was said on the command line; what was not is undefined. */
export interface PlanOptions {
  readonly limit?: readonly RateLimit[];
  readonly inFlight?: number;
  readonly slots?: number;
  readonly latencyP50?: number;
  readonly latencyP99?: number;
  readonly serviceTimeMax?: number;
  readonly high?: number;
  readonly normal?: number;
  readonly batch?: number;
  readonly night?: number;
  readonly shares?: ByPriority<number>;
  readonly jitter?: number;
  readonly memory?: number;
  readonly transitions?: number;
  readonly quota?: number;
  readonly seed?: number;
  readonly api?: string;
  readonly json?: boolean;
  readonly chart?: string;
}

/** The command line was refused: every fault, each a sentence. */
export class UsageError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/** The help is the same text on every terminal, and in a file. */
const HELP_WIDTH = 100;

/** Reads the command line. Throws UsageError with every fault at once; prints the help and exits where it is asked for. */
export function readOptions(argv: readonly string[]): PlanOptions {
  const faults: string[] = [];
  const program = commandOf(faults);
  const missing = parse(program, argv, faults);
  faults.push(...missing, ...strangers(program.args), ...faultsTogether(accepted(program)));
  if (faults.length > 0) throw new UsageError(faults);
  return accepted(program);
}

/** An option at the end that lacks its value stops commander, so the rest is read without it. */
function parse(program: Command, argv: readonly string[], faults: string[]): readonly string[] {
  try {
    program.parse([...argv], { from: 'user' });
    return [];
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) process.exit(0);
    if (error.code !== 'commander.optionMissingArgument') throw error;
    faults.length = 0;
    program.parse(argv.slice(0, -1), { from: 'user' });
    return [error.message.replace(/^error: /, '')];
  }
}

/** Commander leaves an empty text where a value was refused. */
function accepted(program: Command): PlanOptions {
  return Object.fromEntries(Object.entries(program.opts<PlanOptions>()).filter(([, value]) => value !== ''));
}

function faultsTogether({ latencyP50, latencyP99, limit, inFlight, slots }: PlanOptions): readonly string[] {
  const reversed = latencyP50 !== undefined && latencyP99 !== undefined && latencyP99 < latencyP50;
  const uncapped =
    limit !== undefined && pacedLimits(limit).length === 0 && (inFlight ?? slots) === undefined;
  return [
    ...(reversed ? [`option '--latency-p99' is ${latencyP99} ms, below the median of ${latencyP50} ms`] : []),
    ...(uncapped
      ? [
          "option '--limit' without a window of up to 5m needs a cap on calls in flight; add --in-flight or --slots",
        ]
      : []),
  ];
}

function commandOf(faults: string[]): Command {
  const command = new Command('npx rlo plan')
    .description(DESCRIPTION)
    .addHelpText('after', EPILOGUE)
    .configureOutput({
      writeErr: () => undefined,
      getOutHelpWidth: () => HELP_WIDTH,
      getErrHelpWidth: () => HELP_WIDTH,
    })
    .exitOverride()
    .allowUnknownOption()
    .allowExcessArguments();
  const option = (flags: string, description: string, parse: (text: string) => unknown) =>
    command.addOption(
      new Option(flags, description).argParser((text) => recorded(faults, flags, text, parse)),
    );
  option('--limit <N/window>', 'calls per window, or none', VALUES.limits);
  option('--in-flight <n>', "the API's own cap on calls in flight", VALUES.slots);
  option('--latency-p50 <t>', "median of the API's answers (300ms)", VALUES.latencyMs);
  option('--latency-p99 <t>', '99th percentile of them (1500ms)', VALUES.latencyMs);
  option('--service-time-max <t>', 'longest that the API works on a call', VALUES.latencyMs);
  option('--high <rate>', 'HIGH calls (a tenth of the limit)', VALUES.perSecond);
  option('--normal <rate>', 'NORMAL calls (a fifth of the limit)', VALUES.perSecond);
  option('--batch <n/night>', 'BATCH calls (half of what then fits into a night)', VALUES.perNight);
  option('--night <t>', 'from the arrival of BATCH to morning (8h)', VALUES.nightMs);
  option('--shares <H:N:B>', 'minimum shares of the turns (0.5:0.05:0.05)', VALUES.shares);
  option('--slots <C>', 'plan for this many slots instead of choosing', VALUES.slots);
  option('--jitter <t>', 'spread of delays between us and the API (30ms)', VALUES.jitterMs);
  option('--memory <MB>', `the worker's memory (${MEMORY_DEFAULT_MB})`, VALUES.memoryMb);
  option(
    '--transitions <n>',
    'per call: 1 embedded, 2 with Ring, 3 by rate-limited-call (3)',
    VALUES.transitions,
  );
  option('--quota <n>', "the account's concurrency (1000)", VALUES.quota);
  option('--seed <n>', 'of the simulated waits (1)', VALUES.seed);
  return command
    .option('--api <name>', 'which orchestrator of cdk.json (the first)')
    .option('--json', 'print the whole plan as JSON')
    .addOption(
      new Option('--chart <file.svg>', 'write a chart of backlog and waits').argParser((text) =>
        recorded(faults, '--chart <file.svg>', text, VALUES.file),
      ),
    );
}

/** A refused value is remembered and left out, so that the other faults are found as well. */
function recorded<T>(
  faults: string[],
  flags: string,
  text: string,
  parse: (text: string) => T,
): T | undefined {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    faults.push(`option '${flags}' argument '${text}' is invalid: expected ${error.message}`);
    return undefined;
  }
}

/** What no option claims. The word after an unknown option is most likely its value. */
function strangers(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    if (word.startsWith('-')) return [`unknown option '${word}'`];
    return words[index - 1]?.startsWith('-') === true ? [] : [`unexpected argument '${word}'`];
  });
}
