import { contextOfCdkJson } from '../../infra/configured-orchestrators.js';
import { chosenApi, type ChosenApi } from './chosen-api.js';
import { Command, InvalidArgumentError, Option } from 'commander';
import { HELP_HINT, refusingWith } from '../../lambdas/core/config/command-line.js';
import { slotsWithACallMax } from '../../lambdas/core/config/limit-kinds.js';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { CHAOS_KINDS, type ChaosKind } from '../chaos/chaos-kinds.js';
import {
  parseChaos,
  parseFile,
  parseLatency,
  parseLimits,
  parseMix,
  parseUrl,
  parseWhole,
  type RateLimit,
} from './units.js';

const PAGE_PORT = 4567;
const CONCURRENCY = 5;

export interface RunOptions {
  readonly calls: number;
  readonly mix: { readonly HIGH: number; readonly NORMAL: number; readonly BATCH: number };
  readonly limits: readonly RateLimit[];
  readonly concurrency: number;
  readonly latency: { readonly medianMs: number; readonly p99Ms: number };
  readonly seed: number;
  readonly port: number;
  /** Of the live page; undefined where the command has none. */
  readonly pagePort: number | undefined;
  readonly legacyUrl: string | undefined;
  readonly legacyMethod: string;
  /** A file of secrets to begin with. */
  readonly secrets: string | undefined;
  /** The configured orchestrator that is run alone, by its own limits; undefined for all of them. */
  readonly api: ChosenApi | undefined;
  readonly report: string | undefined;
  readonly outputs: string | undefined;
  readonly logs: boolean;
  /** Empty where nothing is to go wrong. */
  readonly chaos: readonly ChaosKind[];
}

/** What a run needs, from the command line. Refuses what it does not know with usage and exit code 2. */
export function readOptions(command: 'start' | 'local', argv: readonly string[]): RunOptions {
  const program = new Command(`npm ${command === 'start' ? 'start' : 'run local'} --`)
    .description(
      command === 'start'
        ? 'Runs the whole orchestrator on this machine under load, prints a report, and exits 0 only if every execution ended as it should and the legacy API saw no violation of its limits.'
        : 'Runs the whole orchestrator on this machine and serves until Ctrl-C, so that you can start executions with the aws command line or any SDK.',
    )
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError(HELP_HINT)
    .allowExcessArguments(false);
  for (const option of optionsFor(command)) program.addOption(option);
  if (command === 'start') program.addOption(chaosOption()).addHelpText('after', chaosHelp());
  else program.addOption(pagePortOption());
  program.parse([...argv], { from: 'user' });
  const { limit, chaos = [], ...rest } = program.opts<Parsed>();
  const given = (name: string) => program.getOptionValueSource(name) !== 'default';
  if (given('legacyMethod') && rest.legacyUrl === undefined)
    program.error("error: option '--legacy-method' says how to call --legacy-url; add that");
  const api = rest.api === undefined ? undefined : chosen(program, rest.api);
  const limits = api === undefined || given('limit') ? limit : api.config.limits;
  const slotsMax = slotsWithACallMax(limits);
  if (given('concurrency') && rest.concurrency > slotsMax)
    program.error(
      `error: option '--limit' would leave some of ${rest.concurrency} slots without a call in a window; use --concurrency ${slotsMax} at most, or a --limit of at least ${rest.concurrency} calls`,
    );
  const slots = api === undefined || given('concurrency') ? rest.concurrency : api.config.slots;
  return {
    ...rest,
    api,
    limits,
    concurrency: Math.min(slots, slotsMax),
    legacyUrl: rest.legacyUrl,
    secrets: rest.secrets,
    report: rest.report,
    outputs: rest.outputs,
    pagePort: command === 'local' ? (rest.pagePort ?? pagePortBeside(rest.port)) : undefined,
    chaos,
  };
}

type Parsed = Omit<RunOptions, 'limits' | 'chaos' | 'api'> & {
  readonly limit: readonly RateLimit[];
  readonly chaos?: readonly ChaosKind[];
  readonly api?: string;
};

function chosen(program: Command, name: string): ChosenApi {
  try {
    return chosenApi(name, contextOfCdkJson()['orchestrators']);
  } catch (error) {
    if (error instanceof ConfigError) program.error(error.message);
    throw error;
  }
}

/** Who wants any free port for one wants it for both. */
function pagePortBeside(port: number): number {
  return port === 0 ? 0 : PAGE_PORT;
}

/** Somebody else's API commits no fault on command, and shows nobody its book. */
function chaosOption(): Option {
  return option(
    '--chaos <kinds>',
    'let things go wrong: all, or kinds separated by commas',
    parseChaos,
  ).conflicts('legacyUrl');
}

function pagePortOption(): Option {
  return option(
    '--page-port <n>',
    `of the live page; 0 takes any free port (default: ${PAGE_PORT}, or 0 beside --port 0)`,
    (text) => parseWhole(text, 0, 65_535),
  );
}

function chaosHelp(): string {
  const lines = CHAOS_KINDS.map(({ kind, what }) => `  ${kind.padEnd(21)}${what}`);
  return [
    '',
    'Kinds of chaos, drawn by --seed:',
    ...lines,
    '',
    'With --chaos half of the calls are to an operation that must not be done twice, calls are given up after 2 s and',
    'every message is probed before its call; the run exits 0 only if each end matches what the API really did.',
  ].join('\n');
}

function optionsFor(command: 'start' | 'local'): readonly Option[] {
  const [calls, least] = command === 'start' ? [300, 1] : [0, 0];
  return [
    option('--calls <n>', 'executions to start', (text) => parseWhole(text, least, 100_000), calls),
    option('--mix <H:N:B>', 'their shares of HIGH, NORMAL and BATCH', parseMix, parseMix('1:3:11'), '1:3:11'),
    option('--limit <N/window>', 'calls per window, or none', parseLimits, parseLimits('20/1s'), '20/1s'),
    option(
      '--concurrency <C>',
      'slots: most calls in flight',
      (text) => parseWhole(text, 1, 100),
      CONCURRENCY,
      `${CONCURRENCY}, or as many as each have a call in every window`,
    ),
    option(
      '--latency <t>',
      'of the legacy API: t, or median-p99',
      parseLatency,
      parseLatency('50ms'),
      '50ms',
    ),
    option(
      '--seed <n>',
      'of the latencies and the chaos that are drawn',
      (text) => parseWhole(text, 0, 2 ** 31 - 1),
      1,
    ),
    option(
      '--port <n>',
      'of the AWS endpoint; 0 takes any free port',
      (text) => parseWhole(text, 0, 65_535),
      4566,
    ),
    new Option(
      '--api <name>',
      'run this orchestrator of cdk.json alone, by its own limits and slots',
    ).conflicts('chaos'),
    option(
      '--legacy-url <URL>',
      'call this API instead of ours, in place of all of baseUrl; the limits are judged, not enforced',
      parseUrl,
    ),
    new Option('--legacy-method <method>', 'how to call it; with --api the operations say')
      .choices(['POST', 'PUT', 'PATCH', 'DELETE', 'GET'])
      .default('POST')
      .conflicts('api'),
    option(
      '--secrets <file>',
      'JSON: each secret that the API needs by its name; the simulated API asks for none',
      parseFile,
    ),
    option('--report <file>', 'write the report as JSON too', parseFile),
    option('--outputs <file>', "write the stack's outputs, as cdk deploy --outputs-file does", parseFile),
    new Option('--logs', 'print what the worker logs').default(false),
  ];
}

function option<T>(
  flags: string,
  description: string,
  parse: (text: string) => T,
  value?: T,
  shown?: string,
): Option {
  const parsed = new Option(flags, description).argParser(refusingWith(InvalidArgumentError, parse));
  return value === undefined ? parsed : parsed.default(value, shown);
}
