import type { Command } from 'commander';
import type { LedgerEntry } from '../../lambdas/core/ledger/ledger-entry.js';
import { durationText } from '../../lambdas/core/planning/words.js';
import { type CallInput, inputOf } from '../../lambdas/core/status/call-input.js';
import type { Context } from '../context.js';
import { type EventDetails, eventDetails } from '../aws/event-details.js';
import { acting, type Report } from '../report.js';
import { type Phase, phaseOf } from '../../lambdas/core/status/phase.js';
import { columns, instantText } from '../words.js';

const HELP = `
queued           its message waits
calling          a slot makes its call; known of operations with effect once, which the ledger tells
queuedOrCalling  its message waits, or is one of those in flight: SQS does not say which
betweenCalls     it repeats its call later, or decides what comes next
done             the execution has ended

Payload, result and task token are never shown.`;

/** Of a cause in the history; `--json` has the whole. */
const CAUSE_CHARACTERS_MAX = 160;

export function showCommand(program: Command): void {
  program
    .command('show')
    .description('one execution: where it stands, and its history')
    .argument('<id>', "the execution's name or ARN")
    .addHelpText('after', HELP)
    .action(acting(program, show));
}

async function show(context: Context, id: string): Promise<Report> {
  const { executions, queues, nowMs } = context;
  const {
    executionArn = '',
    name,
    status,
    startDate,
    stopDate,
    input,
    error,
    cause,
  } = await executions.find(id);
  const call = inputOf(input, executionArn);
  const [events, contents, entry] = await Promise.all([
    executions.history(executionArn),
    queues.read(),
    ledgerEntryOf(context, call),
  ]);
  const phase = phaseOf({
    isRunning: status === 'RUNNING',
    lastEvent: events.at(-1)?.type,
    inFlight: contents[call.priority].inFlight,
    entry,
    nowMs: nowMs(),
  });
  const took = durationText((stopDate?.getTime() ?? nowMs()) - (startDate?.getTime() ?? 0));
  const history = events.map(eventDetails);
  const ledger =
    entry === undefined ? null : { state: entry.state.kind, doneBy: new Date(entry.doneByMs).toISOString() };
  return {
    json: {
      name,
      executionArn,
      status,
      phase,
      ...call,
      ledger,
      error: error ?? null,
      cause: cause ?? null,
      history,
    },
    text: [
      `${name ?? id}  ${status ?? ''}  ${inWords(phase, contents[call.priority].inFlight)}`,
      `${call.operation} ${call.priority}, idempotency key ${call.idempotencyKey}; ${took} since its start`,
      ...(ledger === null
        ? []
        : [`Ledger: ${ledger.state}; the API is done by ${instantText(ledger.doneBy)}`]),
      ...(error === undefined ? [] : [`${error}: ${cause ?? 'no cause'}`]),
      '',
      ...columns(history.map(shownEvent), 'left'),
    ].join('\n'),
  };
}

/** Only `once` calls are in the ledger. */
async function ledgerEntryOf(
  { config, ledger }: Context,
  { operation, idempotencyKey }: CallInput,
): Promise<LedgerEntry | undefined> {
  if (config.operations[operation]?.effect !== 'once') return undefined;
  return ledger.read({ operation, idempotencyKey });
}

function inWords(phase: Phase, inFlight: number): string {
  switch (phase) {
    case 'queuedOrCalling':
      return `queued, or one of ${inFlight} in flight`;
    case 'betweenCalls':
      return 'between calls';
    case 'queued':
    case 'calling':
    case 'done':
      return phase;
  }
}

function shownEvent({ at, type, state, error, cause }: EventDetails): readonly string[] {
  const failure = error === null ? '' : `${error}: ${(cause ?? 'no cause').slice(0, CAUSE_CHARACTERS_MAX)}`;
  return [at.slice(11, 23), type, state ?? '', failure.replaceAll('\n', '; ')];
}
