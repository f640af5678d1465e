// Goal: whom a disturbance hits follows from the seed and the name alone, and every class asks for every operation.
// Method: one large sample of names for each kind.
import { duplicateOf, isOnce, killAfterMs, operationOf, stopOf } from '../../../local/chaos/draws.js';
import { SEED } from '../../support/seed.js';

const names = Array.from({ length: 20_000 }, (_, index) => `batch-${String(index + 1).padStart(5, '0')}`);
const share = (hits: readonly unknown[]) => hits.filter((hit) => hit === true).length / hits.length;

/** Within a quarter: five standard deviations of the rarest. */
function expectAbout(ratio: number, expected: number): void {
  expect(ratio / expected).toBeGreaterThan(0.75);
  expect(ratio / expected).toBeLessThan(1.25);
}

describe(`the draws of disturbances (SEED=${SEED})`, () => {
  it('stop some executions while they wait and fewer in their call, each the same way again', () => {
    const stops = names.map((name) => stopOf(SEED, name));

    expect(stops).toEqual(names.map((name) => stopOf(SEED, name)));
    expectAbout(share(stops.map((stop) => stop?.kind === 'whileWaiting')), 0.04);
    expectAbout(share(stops.map((stop) => stop?.kind === 'inCall')), 0.02);
  });

  it('duplicate some deliveries in either way, and the next delivery by a draw of its own', () => {
    const first = names.map((name) => duplicateOf(SEED, name, 1));
    const second = names.map((name) => duplicateOf(SEED, name, 2));

    for (const kind of ['copy', 'shownAgain']) {
      expectAbout(share(first.map((duplicate) => duplicate === kind)), 0.04);
    }
    expect(second).not.toEqual(first);
  });

  it('kill every few seconds', () => {
    const waitsMs = Array.from({ length: 1_000 }, (_, index) => killAfterMs(SEED, index + 1));

    expect(Math.min(...waitsMs)).toBeGreaterThanOrEqual(3_000);
    expect(Math.max(...waitsMs)).toBeLessThanOrEqual(7_000);
    expect(new Set(waitsMs).size).toBeGreaterThan(500);
  });

  it('ask for once calls in half of the executions, whatever their class', () => {
    expect(names.slice(0, 4).map(operationOf)).toEqual([
      'createOrder',
      'chargeCard',
      'getOrder',
      'chargeCard',
    ]);
    expect(operationOf('high-00002')).toBe(operationOf('batch-00002'));
    expect(share(names.map(isOnce))).toBe(0.5);
  });
});
