import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { Message, Ports } from '../ports.js';
import type { ReadyCall } from './ready-call.js';
import { vetMessage } from './vet-message.js';
import { settle, type Settlement } from './settle.js';

/** A message that may be called for. */
export interface AliveCall {
  readonly message: Message;
  readonly ready: ReadyCall;
}

export interface Sifted {
  readonly alive: readonly AliveCall[];
  /** Resolves when what was dead is settled. Never rejects: what cannot be settled stays in its queue. */
  readonly settling: Promise<void>;
}

/**
 * Tells the living from the dead among several messages at once, and settles the dead. The living stay in the order in
 * which they were received, because those of one ordering key may be called in no other. Throws when a queue fails.
 */
export async function siftDead(
  ports: Ports,
  config: OrchestratorConfig,
  messages: readonly Message[],
): Promise<Sifted> {
  const settling: Promise<void>[] = [];
  const alive = await Promise.all(
    messages.map(async (message) => {
      const prepared = await vetMessage(ports, config, message);
      if (prepared?.kind === 'toSettle') settling.push(settled(ports, message, prepared));
      return prepared?.kind === 'call' ? [{ message, ready: prepared }] : [];
    }),
  );
  return { alive: alive.flat(), settling: Promise.all(settling).then(() => undefined) };
}

/** Gives messages back that are alive but cannot be called for now. Never rejects. */
export async function giveBackAlive(ports: Ports, alive: readonly AliveCall[]): Promise<void> {
  const disposition = { kind: 'giveBack', delayMs: 0 } as const;
  await Promise.all(
    alive.map(({ message, ready: { request } }) => settled(ports, message, { request, disposition })),
  );
}

/** Settles a message. Never rejects: what fails is recorded, and the message comes back by its visibility timeout. */
export async function settled(ports: Ports, message: Message, settlement: Settlement): Promise<void> {
  try {
    await settle(ports, message, settlement);
  } catch (error) {
    ports.telemetry.record({ kind: 'problem', what: 'settle a message', reason: String(error) });
  }
}
