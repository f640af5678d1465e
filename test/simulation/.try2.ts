import { World } from './world.js';
import { scenarioOf } from './trial.js';
for (const [slots, lim, lat, dur] of [
  [25, { calls: 100, windowMs: 60000 }, { medianMs: 300, p99Ms: 1500 }, 900000],
  [20, { calls: 20, windowMs: 1000 }, { medianMs: 300, p99Ms: 1500 }, 240000],
  [2, { calls: 100, windowMs: 60000 }, { medianMs: 300, p99Ms: 1500 }, 900000],
] as const) {
  const lines: [number, string][] = [];
  const w = new World({
    ...scenarioOf(
      {
        seeds: [1],
        workload: 'nightly-batch',
        slots,
        limits: [lim],
        latency: lat,
        durationMs: dur,
        pollers: 'retries',
      },
      1,
    ),
    trace: (t, s) => lines.push([t, s]),
  });
  await w.run();
  if (slots === 25)
    console.log(
      lines
        .filter(([, s]) => /slot/i.test(s))
        .slice(0, 60)
        .map(([t, s]) => (t / 1000).toFixed(2) + ' ' + s)
        .join('\n'),
    );
  // gaps
  let running = 0;
  const ends: number[] = [];
  const gaps: number[] = [];
  for (const [t, s] of lines) {
    if (/slotEnded/.test(s)) {
      ends.push(t);
    }
    if (/slotStarted/.test(s) && ends.length) {
      gaps.push(t - (ends.shift() as number));
    }
  }
  gaps.sort((a, b) => a - b);
  console.log(
    slots,
    'gaps',
    gaps.length,
    [0.1, 0.25, 0.5, 0.75, 0.9, 0.99].map((p) => gaps[Math.floor(p * gaps.length)]).join(' '),
    'mean',
    gaps.reduce((a, b) => a + b, 0) / gaps.length,
  );
}
