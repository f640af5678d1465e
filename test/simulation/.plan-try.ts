import { World } from './world.js';
import { scenarioOf } from './trial.js';
import { Distribution } from './distribution.js';
import { START_MS } from './scheduler.js';
import { capacityPlan } from '../../lambdas/core/planning/capacity-plan.js';
import { capacityPerSecond } from './scenario.js';
async function go(
  calls: number,
  windowMs: number,
  slots: number,
  lat: [number, number],
  durationMs: number,
  seeds: number[],
) {
  const limits = [{ calls, windowMs }];
  const latency = { medianMs: lat[0], p99Ms: lat[1] };
  const H = new Distribution(),
    N = new Distribution(),
    B = new Distribution();
  let started = 0,
    used = 0,
    allowed = 0,
    last = 0,
    n = 0,
    receives = 0,
    inv = 0,
    billed = 0,
    total = 0,
    sqs = 0,
    util = 0;
  const t0 = performance.now();
  for (const seed of seeds) {
    const w = new World(
      scenarioOf(
        { seeds: [seed], workload: 'nightly-batch', slots, limits, latency, durationMs, pollers: 'retries' },
        seed,
      ),
    );
    await w.run();
    let l = 0;
    for (const e of w.stepFunctions.executions) {
      if (e.firstCallMs === undefined) continue;
      const d = { HIGH: H, NORMAL: N, BATCH: B }[e.plan.priority];
      d.add(e.firstCallMs - e.firstEnqueuedMs);
      total++;
      if (e.plan.priority === 'BATCH') {
        n++;
        l = Math.max(l, e.firstCallMs - START_MS);
      }
    }
    used += w.meter.calls;
    allowed += (calls / windowMs) * w.meter.busyMs;
    last += l;
    inv += w.usage.invocations;
    billed += w.usage.billedMs;
    sqs += w.usage.sqsRequests;
    util += w.meter.neededMs / (slots * w.meter.busyMs);
  }
  const cap = capacityPerSecond({ slots, limits, latency });
  const p = capacityPlan({
    limits,
    inFlightMax: undefined,
    slots,
    latency: { p50Ms: lat[0], p99Ms: lat[1] },
    serviceTimeMaxMs: 10000,
    demand: {
      HIGH: { callsPerSecond: 0.1 * cap },
      NORMAL: { callsPerSecond: 0.2 * cap },
      BATCH: { callsPerNight: Math.round(n / seeds.length) },
    },
    nightMs: 8 * 3600e3,
    minShares: { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 },
    arrivalJitterMs: 30,
    memoryMb: 512,
    transitionsPerCall: 3,
    concurrencyQuota: 1000,
    configured: undefined,
    seed: 1,
  });
  const q = (d: Distribution) => `${d.percentileMs(0.5)}/${d.percentileMs(0.99)}`;
  const w = p.chosen.waits.duringBatch;
  const f = (x?: { p50Ms: number; p99Ms: number }) =>
    x ? `${x.p50Ms.toFixed(0)}/${x.p99Ms.toFixed(0)}` : '-';
  console.log(
    `${calls}/${windowMs} C=${slots} lat ${lat} sim: used ${(used / allowed).toFixed(4)} util ${(util / seeds.length).toFixed(3)} H ${q(H)} N ${q(N)} B ${q(B)} drain ${(last / seeds.length / 1000).toFixed(0)}s slot-s/call ${(billed / 1000 / total).toFixed(3)} inv/call ${(inv / total).toFixed(3)} sqs/call ${(sqs / total).toFixed(2)}`,
  );
  console.log(
    `   plan(${p.chosen.slots}): used ${p.chosen.limitUsedRatio.toFixed(4)} H ${f(w.HIGH)} N ${f(w.NORMAL)} B ${f(w.BATCH)} drain ${(p.chosen.drainMs / 1000).toFixed(0)}s   [${((performance.now() - t0) / 1000).toFixed(1)} s]`,
  );
}
const S = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
await go(100, 60000, 2, [300, 1500], 3600_000, S(24));
await go(20, 1000, 20, [300, 1500], 600_000, S(5));
await go(20, 1000, 10, [300, 1500], 600_000, S(5));
await go(4, 2000, 1, [200, 430], 3600_000, S(40));
await go(20, 2000, 5, [200, 430], 900_000, S(10));
