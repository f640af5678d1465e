import type { ParkedMessage } from '../../lambdas/adapters/sqs-parked-messages.js';
import type { Redriven } from '../../lambdas/core/dead-letters/redrive.js';
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

/** More than these lie in nobody's hands at once; a command that is repeated goes on. */
export const MESSAGES_MAX = 1_000;

/** Every parked message, the oldest first. Each is put back. */
export async function list(parked: ParkedMessages): Promise<readonly ParkedDescription[]> {
  const taken = await parked.take(MESSAGES_MAX);
  await releaseAll(parked, taken);
  const described = taken.map(describe);
  return described.sort((one, other) => (one.parkedAt ?? '').localeCompare(other.parkedAt ?? ''));
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

/** One message after the other, so that a fault stops before it is repeated a thousand times. The rest is put back. */
async function forEach(
  parked: ParkedMessages,
  ids: readonly string[] | 'all',
  act: (message: ParkedMessage) => Promise<Done>,
): Promise<readonly Done[]> {
  const taken = await parked.take(MESSAGES_MAX);
  const done: Done[] = [];
  try {
    for (const message of taken) if (ids === 'all' || ids.includes(message.id)) done.push(await act(message));
  } finally {
    await releaseAll(
      parked,
      taken.filter(({ id }) => !done.some((one) => one.id === id && one.ok)),
    );
  }
  const missing = ids === 'all' ? [] : ids.filter((id) => !taken.some((message) => message.id === id));
  return [
    ...done,
    ...missing.map((id) => ({
      id,
      ok: false,
      what: 'no such message is parked, or somebody has it in hand',
    })),
  ];
}

async function releaseAll(parked: ParkedMessages, messages: readonly ParkedMessage[]): Promise<void> {
  await Promise.all(messages.map((message) => parked.release(message)));
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
