import type { ParkedMessage } from '../../lambdas/adapters/sqs-parked-messages.js';
import type { Redriven } from '../../lambdas/core/dead-letters/redrive.js';
import { asCommandError, type CommandError } from '../command-error.js';
import { describe, type ParkedDescription } from './describe.js';

/** The queue of parked messages, as the commands use it. */
export interface ParkedMessages {
  take(most: number): Promise<readonly ParkedMessage[]>;
  delete(message: ParkedMessage): Promise<void>;
  release(message: ParkedMessage): Promise<void>;
}

/** What became of one message that a command was asked for. */
export interface Done {
  readonly id: string;
  /** Whether it was done. */
  readonly ok: boolean;
  readonly what: string;
}

export interface Listed {
  readonly messages: readonly ParkedDescription[];
  /** How many could not be put back: nobody sees them until their time in our hands is over. */
  readonly hidden: number;
}

/** More than these lie in nobody's hands at once; a command that is repeated goes on. */
export const MESSAGES_MAX = 1_000;

/** Taken in hand together: few enough that each is dealt with long before others see it again. */
const BATCH = 10;

/** What is said of those whose release failed. */
export const NOT_PUT_BACK = 'not put back: hidden from everybody for up to two minutes';

/** Every parked message, the oldest first. Each is put back. */
export async function list(parked: ParkedMessages): Promise<Listed> {
  const taken = await parked.take(MESSAGES_MAX);
  const { length: hidden } = await releaseAll(parked, taken);
  const messages = taken
    .map(describe)
    .sort((one, other) => (one.parkedAt ?? '').localeCompare(other.parkedAt ?? ''));
  return { messages, hidden };
}

/** Redrives the messages with these ids, or all of them, and deletes each once that is done. */
export function redriveAll(
  parked: ParkedMessages,
  ids: readonly string[] | 'all',
  redrive: (body: string) => Promise<Redriven>,
): Promise<readonly Done[]> {
  return forEach(parked, ids, async (message) => {
    const redriven = await redrive(message.body);
    if (redriven.kind !== 'refused') await parked.delete(message);
    return { id: message.id, ok: redriven.kind !== 'refused', what: inWords(redriven) };
  });
}

/** Deletes the messages with these ids, or all of them, for good. */
export function discard(parked: ParkedMessages, ids: readonly string[] | 'all'): Promise<readonly Done[]> {
  return forEach(parked, ids, async (message) => {
    await parked.delete(message);
    return { id: message.id, ok: true, what: 'discarded' };
  });
}

/**
 * One message after the other, so that a fault stops before it is repeated a thousand times; what was done before it is
 * reported all the same. The rest is put back, but only at the end: at once, it would be taken again before those that
 * nobody has looked at.
 */
async function forEach(
  parked: ParkedMessages,
  ids: readonly string[] | 'all',
  act: (message: ParkedMessage) => Promise<Done>,
): Promise<readonly Done[]> {
  const done = new Map<string, Done>();
  const kept = new Map<string, ParkedMessage>();
  const seen = new Set<string>();
  const isFinished = () => seen.size >= MESSAGES_MAX || (ids !== 'all' && ids.every((id) => done.has(id)));
  let fault: CommandError | undefined;
  let inHand = THE_REST;
  try {
    for (let taken = BATCH; taken === BATCH && !isFinished();) {
      inHand = THE_REST;
      const batch = await parked.take(BATCH);
      taken = batch.length;
      // One that was kept for longer than it stays hidden comes again, with another receipt.
      for (const message of batch) kept.set(message.id, message);
      for (const message of batch) {
        seen.add(message.id);
        if (done.has(message.id) || (ids !== 'all' && !ids.includes(message.id))) continue;
        inHand = message.id;
        const one = await act(message);
        done.set(message.id, one);
        if (one.ok) kept.delete(message.id);
      }
    }
  } catch (error) {
    fault = asCommandError(error);
  }
  const nothingDone = done.size === 0;
  if (fault !== undefined) done.set(inHand, stoppedAt(inHand, fault));
  const hidden = await releaseAll(parked, [...kept.values()]);
  if (fault !== undefined && nothingDone) throw fault;
  const unseen = ids === 'all' || fault !== undefined ? [] : ids.filter((id) => !seen.has(id));
  return [...reported(done, hidden), ...unseen.map(missing)];
}

/** Stands for the messages that could not even be taken. */
const THE_REST = 'the rest';

function stoppedAt(id: string, { message }: CommandError): Done {
  return { id, ok: false, what: `not done, and nothing after it: ${message}` };
}

function reported(done: ReadonlyMap<string, Done>, hidden: readonly string[]): readonly Done[] {
  const acted = [...done.values()].map((one) =>
    hidden.includes(one.id) ? { ...one, what: `${one.what}; ${NOT_PUT_BACK}` } : one,
  );
  const others = hidden.filter((id) => !done.has(id));
  return [...acted, ...others.map((id) => ({ id, ok: true, what: `not asked for; ${NOT_PUT_BACK}` }))];
}

function missing(id: string): Done {
  return { id, ok: false, what: 'no such message is parked, or somebody has it in hand' };
}

/** Returns the ids of those that could not be put back. They come back by themselves: no report is lost over them. */
async function releaseAll(
  parked: ParkedMessages,
  messages: readonly ParkedMessage[],
): Promise<readonly string[]> {
  const releases = await Promise.allSettled(messages.map((message) => parked.release(message)));
  return messages.filter((_, at) => releases[at]?.status === 'rejected').map(({ id }) => id);
}

function inWords(redriven: Redriven): string {
  switch (redriven.kind) {
    case 'returned':
      return `its task still waits: put back on ${redriven.priority}`;
    case 'started':
      return [`execution ${redriven.executionName} makes its call`, ...redriven.notes].join('; ');
    case 'refused':
      return `refused: ${redriven.reason}`;
  }
}
