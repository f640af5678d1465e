import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import type { Latency } from '../legacy-api/latency.js';
import type { JudgedApiSettings } from '../legacy-api/process-protocol.js';
import { apiFaultsOf, type ChaosKind } from './chaos-kinds.js';
import type { ChaosOperation } from './draws.js';

/** On top of the API's latency: long for an answer on loopback, and short for a run with dozens of silent calls. */
const TIMEOUT_MARGIN_MS = 2_000;

/** Between a caller's timeout, the end of a silent call, and the longest that the API promises to take. */
const APART_MS = 300;

const ONCE_PATH = '/charges';

/** The API that does what these kinds of chaos say, silent for longer than any call is waited for. */
export function nastyApiFor({
  kinds,
  latency,
  seed,
}: {
  readonly kinds: readonly ChaosKind[];
  readonly latency: Latency;
  readonly seed: number;
}): Omit<Extract<JudgedApiSettings, { kind: 'nasty' }>, 'port' | 'limits' | 'inFlightMax'> {
  return {
    kind: 'nasty',
    faults: apiFaultsOf(kinds),
    silenceMs: timeoutMs(latency) + APART_MS,
    oncePaths: [ONCE_PATH],
    latency,
    seed,
  };
}

/**
 * What the chaos run changes in the configuration that deploys: operations of both effects, shorter timeouts, so that
 * dozens of silent calls do not take ten seconds each, and a probe of every task, so that a call for an execution that
 * is over is always a fault.
 */
export function overridesForChaos(latency: Latency): Partial<OrchestratorConfigInput> {
  const waits = { timeoutMs: timeoutMs(latency) };
  const operations: Record<ChaosOperation, OrchestratorConfigInput['operations'][string]> = {
    createOrder: { method: 'POST', path: '/orders', effect: 'idempotent', ...waits },
    getOrder: { method: 'GET', path: '/orders', effect: 'idempotent', ...waits },
    chargeCard: { method: 'POST', path: ONCE_PATH, effect: 'once', lookup: { path: ONCE_PATH }, ...waits },
  };
  return { operations, serviceTimeMaxMs: timeoutMs(latency) + 2 * APART_MS, livenessAfterMs: 0 };
}

function timeoutMs({ p99Ms }: Latency): number {
  return Math.round(p99Ms) + TIMEOUT_MARGIN_MS;
}
