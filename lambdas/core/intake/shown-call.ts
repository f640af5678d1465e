import type { CallSummary, Estimate, Links } from '../contracts/intake-answers.js';
import type { CallStatus } from '../contracts/intake-api.js';
import type { Outlook } from './outlook.js';
import type { ListedCall } from './ports.js';

export function summaryOf({ id, status, startedAtMs, endedAtMs }: ListedCall): CallSummary {
  return {
    id,
    status,
    startedAt: iso(startedAtMs),
    endedAt: endedAtMs === undefined ? null : iso(endedAtMs),
    links: linksOf(id, status),
  };
}

/** Relative to the address of the intake. What a call that has ended does not allow is left out. */
export function linksOf(id: string, status: CallStatus): Links {
  const href = `/calls/${id}`;
  if (status !== 'RUNNING') return { self: { href } };
  return { self: { href }, cancel: { href, method: 'DELETE' }, expedite: { href, method: 'PATCH' } };
}

/** @param notBeforeMs the call waits until then whatever its class does */
export function estimateOf(
  outlook: Outlook | undefined,
  nowMs: number,
  notBeforeMs = nowMs,
): Estimate | null {
  if (outlook === undefined) return null;
  const { position, waitMsMin, unknownBecause } = outlook;
  if (unknownBecause !== undefined) return { position, startsAt: null, unknownBecause };
  return { position, startsAt: iso(Math.max(nowMs + waitMsMin, notBeforeMs)) };
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
