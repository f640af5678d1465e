/** `npm start` (`start`: run a load and report) and `npm run local` (`local`: stay up and serve). */
import { writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { ConfigError } from '../../lambdas/core/config/parse-config.js';
import { counted } from '../../lambdas/core/contracts/counted.js';
import { whenUnread } from '../../lambdas/core/contracts/when-unread.js';
import { PortError } from '../aws/json-http.js';
import { UnreachableError } from '../legacy-api/reachable.js';
import { Disturbances } from '../chaos/disturbances.js';
import { operationOf } from '../chaos/draws.js';
import { type RunOptions, readOptions } from '../cli/options.js';
import { UnsupportedTemplateError } from '../cloudformation/template.js';
import { planLoad } from '../load/load-plan.js';
import { showProgress } from '../load/progress.js';
import { RunRecord } from '../load/run-record.js';
import { runLoad } from '../load/run-load.js';
import { putSecrets, readSecrets, requireSecrets, type Secrets } from '../cli/secrets.js';
import { configOf, workerOf } from '../worker-of.js';
import { type LocalRun, startLocalRun } from '../local-run.js';
import { drained } from '../chaos/drained.js';
import { longestRenewalMs, quotaWarnings } from '../cli/quota-warnings.js';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import { hints } from '../cli/hints.js';
import { type LivePage, startLivePage, watchRun } from '../live-page/start-live-page.js';
import { isDetail } from '../live-page/told-by-worker.js';
import { verdictOn, type Watched } from '../verdict.js';

/** Above the wait after a crash and the visibility timeout, holds apart: longer without an end means that nothing moves. */
const STALL_MS = 120_000;

const PASSED_ON_WITHIN_MS = 1_000;

// The AWS SDK tells users of Node 20 to upgrade; the README does so in one place.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const say = (text: string) => process.stdout.write(`${text}\n`);

async function main(
  command: 'start' | 'local',
  options: RunOptions,
  interruption: AbortSignal,
): Promise<number> {
  const record = new RunRecord();
  const disturbances = new Disturbances(options.chaos, options.seed);
  const secrets: Secrets = options.secrets === undefined ? new Map() : await readSecrets(options.secrets);
  const beganMs = performance.now();
  say('Synthesizing the stack and starting it on this machine ...');
  const watch = options.pagePort === undefined ? undefined : watchRun(options);
  const run = await startLocalRun(
    { ...options, verbose: watch !== undefined },
    {
      onStatusChange: (change) => {
        record.statusChanged(change);
        disturbances.onStatusChange(change);
        watch?.onStatusChange(change);
      },
      onCall: (event) => {
        const { idempotencyKey, atMs } = event.call;
        if (idempotencyKey !== null) record.called(idempotencyKey, atMs);
        disturbances.onCall(event);
        watch?.onCall(event);
      },
      onDelivery: (queueName, messages) => disturbances.onDelivery(queueName, messages),
      onLog: (line) => {
        watch?.onLog(line);
        if (options.logs && !isDetail(line)) process.stderr.write(`${line}\n`);
      },
    },
  );
  let page: LivePage | undefined;
  try {
    if (command === 'start') requireSecrets(configOf(workerOf(run.aws)), secrets);
    await putSecrets(run.aws.endpoint, secrets);
    if (watch !== undefined) page = await startLivePage(run, watch, options);
    say(`Ready after ${((performance.now() - beganMs) / 1_000).toFixed(1)} s: ${describe(run, options)}\n`);
    if (options.outputs !== undefined)
      await writeFile(options.outputs, JSON.stringify({ local: run.aws.outputs }, null, 2));
    if (page !== undefined) say(hints(run, page.url));
    for (const warning of quotaWarnings(options)) say(`${warning}\n`);
    const load = options.calls === 0 ? Promise.resolve(0) : underLoad(run, options, { record, disturbances });
    const interrupted = aborted(interruption).then(() => interruptedCode(command));
    const code = await Promise.race([load, interrupted]);
    return command === 'start' ? code : await interrupted;
  } finally {
    disturbances.end();
    await page?.stop();
    await run.stop();
  }
}

async function underLoad(
  run: LocalRun,
  options: RunOptions,
  { record, disturbances }: Watched,
): Promise<number> {
  const { chaos } = options;
  say(
    `Load: ${counted(options.calls, 'execution')}${chaos.length > 0 ? '' : ` of ${run.sample.operation}`}\n`,
  );
  const starts = planLoad({ calls: options.calls, mix: options.mix, expectedMs: expectedMs(options) });
  const stopProgress = showProgress(record, starts.length, process.stdout);
  const target = { ...run, endpoint: run.aws.endpoint };
  if (chaos.length > 0) disturbances.begin(run.aws);
  await runLoad(chaos.length > 0 ? { ...target, operationOf } : target, starts, record);
  await record.allEnded(starts.length, stallMs(options));
  disturbances.end();
  if (chaos.length > 0) await drained(run);
  stopProgress();
  const { text, json, violations, allWell } = await verdictOn(run, options, { record, disturbances });
  say(`\n${text}`);
  if (options.report !== undefined) await writeFile(options.report, `${JSON.stringify(json, null, 2)}\n`);
  say(violations.length === 0 ? `\nOK: ${allWell}` : '');
  for (const violation of violations) say(`FAILED: ${violation}`);
  return violations.length === 0 ? 0 : 1;
}

/** How long the legacy API needs for all calls at best: as long as its slowest limit takes. A quota waits for no pace. */
function expectedMs({ calls, limits, concurrency, latency }: RunOptions): number {
  const byLimits = pacedLimits(limits).map((limit) => (calls * limit.windowMs) / limit.calls);
  return Math.max((calls * latency.medianMs) / concurrency, ...byLimits);
}

function stallMs({ limits }: RunOptions): number {
  return (
    STALL_MS + Math.max(0, ...pacedLimits(limits).map(({ windowMs }) => windowMs), longestRenewalMs(limits))
  );
}

function describe(run: LocalRun, { limits, concurrency }: RunOptions): string {
  const rates = limits.map(({ calls, windowMs }) => `${counted(calls, 'call')} per ${windowMs} ms`);
  return `${[...rates, `${concurrency} in flight`].join(', ')}; AWS endpoint ${run.aws.endpoint}`;
}

/**
 * Also while everything is still starting: then it stops as soon as it has started. A second Ctrl-C does not wait, but
 * what follows at once is the first one again, passed on by npm to a process that had it from the terminal already. A
 * reader that has closed the pipe, as `head` does, counts as one Ctrl-C.
 */
function onInterruption(command: 'start' | 'local'): AbortSignal {
  const controller = new AbortController();
  let firstMs = Infinity;
  const end = () => {
    process.exitCode = interruptedCode(command);
    controller.abort();
  };
  const interrupt = () => {
    end();
    if (performance.now() - firstMs > PASSED_ON_WITHIN_MS) process.exit();
    firstMs = Math.min(firstMs, performance.now());
  };
  whenUnread(process.stdout, end);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return controller.signal;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Ctrl-C is how serving ends; a load that it cuts short has failed: 128 and the number of SIGINT, as shells say it. */
function interruptedCode(command: 'start' | 'local'): number {
  return command === 'start' ? 130 : 0;
}

/** Ctrl-C reaches every process of the group, but not all at once on a busy machine. */
const SIGNALS_ARRIVE_WITHIN_MS = 250;

const [word, ...argv] = process.argv.slice(2);
const command = word === 'start' ? 'start' : 'local';
const options = readOptions(command, argv);
const interruption = onInterruption(command);
// A run that dies away without an answer, because a process that it waits for is gone, has not succeeded.
process.exitCode = 1;
main(command, options, interruption).then(
  (code) => process.exit(code),
  (error: unknown) => void fail(error),
);

async function fail(error: unknown): Promise<void> {
  // Ctrl-C ends helpers too, and their failure may come before our own signal. Then it says nothing.
  await Promise.race([aborted(interruption), setTimeout(SIGNALS_ARRIVE_WITHIN_MS)]);
  if (interruption.aborted) process.exit(interruptedCode(command));
  const expected =
    error instanceof ConfigError ||
    error instanceof PortError ||
    error instanceof UnreachableError ||
    error instanceof UnsupportedTemplateError;
  process.stderr.write(
    `${expected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exit(1);
}
