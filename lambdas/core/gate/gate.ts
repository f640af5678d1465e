import { backoffMs, type Breaker } from './breaker.js';
import { RATIO_MIN, ratioAt, type Slowdown, slowedDown } from './slowdown.js';

/** What slots have found out about the legacy API and tell one another: the part of the control record they write. */
export interface Gate {
  /** The legacy API asked for no call before this instant; 0 when it has not. Epoch milliseconds. */
  readonly gateUntilMs: number;
  readonly slowdown: Slowdown | undefined;
  readonly breaker: Breaker | undefined;
  /** Counts the changes of the gate: one is written only on top of the one it was worked out from. */
  readonly gateVersion: number;
}

export const OPEN_GATE: Gate = { gateUntilMs: 0, slowdown: undefined, breaker: undefined, gateVersion: 0 };

/** A change of the gate, worked out from how it stands; undefined where nothing is left to change. */
export type GateChange = (gate: Gate) => Gate | undefined;

/** When the next call may be made by anyone but a slot that probes. */
export function closedUntilMs({ gateUntilMs, breaker }: Gate): number {
  return Math.max(gateUntilMs, breaker?.untilMs ?? 0);
}

/** Whether turns are in short supply: then the most urgent work has them all. */
export function isSlowed({ slowdown, breaker }: Gate, nowMs: number): boolean {
  return breaker !== undefined || ratioAt(slowdown, nowMs) < 1;
}

/** A call was refused for its rate: the gate closes, never for less than before, and slots slow down once. */
export function refused(refusal: {
  readonly callStartedMs: number;
  readonly nowMs: number;
  readonly gateUntilMs: number;
}): GateChange {
  return (gate) => {
    const gateUntilMs = Math.max(gate.gateUntilMs, refusal.gateUntilMs);
    const slowdown = slowedDown(gate.slowdown, { ...refusal, gateUntilMs });
    if (gateUntilMs === gate.gateUntilMs && sameSlowdown(slowdown, gate.slowdown)) return undefined;
    return next(gate, { gateUntilMs, slowdown });
  };
}

/** A quota is spent: the gate closes, never for less than before. That is no reason to slow down afterwards. */
export function closed(gateUntilMs: number): GateChange {
  return (gate) => (gateUntilMs > gate.gateUntilMs ? next(gate, { gateUntilMs }) : undefined);
}

/** A slot has seen enough failures. Where the breaker is open already, another slot has seen the same. */
export function breakerOpened(nowMs: number): GateChange {
  return (gate) => (gate.breaker === undefined ? openedFor(gate, 1, nowMs) : undefined);
}

/** One slot may try: nobody else before `untilMs`, so that it has ended, or died, by then. */
export function probeClaimed(nowMs: number, untilMs: number): GateChange {
  return (gate) => {
    if (gate.breaker === undefined || closedUntilMs(gate) > nowMs) return undefined;
    return next(gate, { breaker: { ...gate.breaker, untilMs } });
  };
}

/** The slot whose claim lasts until `claimedUntilMs` made no call after all: the next one may try at once. */
export function probeReleased(nowMs: number, claimedUntilMs: number): GateChange {
  return (gate) => {
    if (gate.breaker?.untilMs !== claimedUntilMs) return undefined;
    return next(gate, { breaker: { ...gate.breaker, untilMs: nowMs } });
  };
}

/** The probe failed: the breaker stays open, for longer than the last time. */
export function probeFailed(nowMs: number, claimedUntilMs: number): GateChange {
  return (gate) =>
    gate.breaker?.untilMs === claimedUntilMs ? openedFor(gate, gate.breaker.opens + 1, nowMs) : undefined;
}

/** The legacy API answered the probe: slots call again, slowly at first. */
export function breakerClosed(nowMs: number): GateChange {
  return (gate) => {
    if (gate.breaker === undefined) return undefined;
    const sinceMs = Math.max(nowMs, gate.gateUntilMs);
    return next(gate, { breaker: undefined, slowdown: { ratio: RATIO_MIN, sinceMs } });
  };
}

function openedFor(gate: Gate, opens: number, nowMs: number): Gate {
  return next(gate, { breaker: { opens, untilMs: nowMs + backoffMs(opens) } });
}

function next({ gateUntilMs, slowdown, breaker, gateVersion }: Gate, more: Partial<Gate>): Gate {
  return { gateUntilMs, slowdown, breaker, ...more, gateVersion: gateVersion + 1 };
}

function sameSlowdown(one: Slowdown, other: Slowdown | undefined): boolean {
  return one.ratio === other?.ratio && one.sinceMs === other.sinceMs;
}
