import fc from 'fast-check';
import { FetchLead } from '../../../../lambdas/core/pacing/fetch-lead.js';
import { ModelQueue } from '../../../../lambdas/core/planning/model-queue.js';
import { seededRandom } from '../../../../lambdas/core/planning/seeded-random.js';
import { type ModelSlot, SlotHeap } from '../../../../lambdas/core/planning/slot-heap.js';
import { SEED } from '../../../support/seed.js';

/** These ratios one after another, and then the last one for ever. */
function scripted(...ratios: readonly number[]) {
  const left = [...ratios];
  return { ratio: () => (left.length > 1 ? left.shift() : left[0]) ?? 0 };
}

function aQueue(random: { ratio: () => number }, ...arrivalsMs: readonly number[]): ModelQueue {
  const queue = new ModelQueue(random);
  for (const arrivalMs of arrivalsMs) queue.push(arrivalMs);
  return queue;
}

describe('a modelled queue', () => {
  it('has nothing to give where nothing came', () => {
    const queue = aQueue(scripted(0.5));

    expect(queue.take()).toBeUndefined();
    expect(queue.isEmpty).toBe(true);
  });

  it('hides its only message from one short poll in a hundred', () => {
    expect(aQueue(scripted(0.0099, 0), 7).take()).toBeUndefined();
    expect(aQueue(scripted(0.01, 0), 7).take()).toBe(7);
  });

  it('hides two messages from one in ten thousand', () => {
    expect(aQueue(scripted(0.000099, 0), 7, 8).take()).toBeUndefined();
    expect(aQueue(scripted(0.0001, 0), 7, 8).take()).toBe(7);
  });

  it('gives any of its three oldest, and each of them once', () => {
    const queue = aQueue(scripted(0.5, 0.99, 0.5, 0.99, 0.5, 0.99, 0.5, 0, 0.5, 0), 1, 2, 3, 4, 5);

    expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()]).toEqual([3, 4, 5, 2, 1]);
    expect(queue.isEmpty).toBe(true);
  });

  it('gives what comes after it was emptied', () => {
    const queue = aQueue(scripted(0.5), 1);
    queue.take();
    queue.push(9);

    expect(queue.isEmpty).toBe(false);
    expect(queue.take()).toBe(9);
  });
});

const aSlot = (looksMs: number): ModelSlot => ({
  ...{ looksMs, mayStartMs: 0, settledMs: 0, budgetEndMs: 0 },
  lead: new FetchLead(),
});

describe(`slots that will look (seed ${SEED})`, () => {
  it('are none at first', () => {
    const heap = new SlotHeap();

    expect(heap.nextMs).toBe(Infinity);
    expect(heap.pop()).toBeUndefined();
  });

  it('come the soonest first, whatever the order in which they were put in and taken out', () => {
    const steps = fc.array(fc.oneof(fc.integer({ min: 0, max: 50 }), fc.constant('pop' as const)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (all) => {
        const heap = new SlotHeap();
        const expected: number[] = [];
        for (const step of all) {
          const popped = step === 'pop' ? [heap.pop()?.looksMs, expected.shift()] : [];
          if (step !== 'pop') {
            heap.push(aSlot(step));
            expected.push(step);
            expected.sort((one, other) => one - other);
          }
          expect(popped[0]).toBe(popped[1]);
          expect(heap.nextMs).toBe(expected[0] ?? Infinity);
        }
      }),
      { seed: SEED },
    );
  });
});

describe('the chance of a plan', () => {
  it('is the same on every machine and in every version, so that a plan can be compared with last year’s', () => {
    const random = seededRandom(1);

    expect([random.ratio(), random.ratio(), random.ratio()]).toEqual([
      0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
    ]);
  });

  it('takes any seed', () => {
    const ratios = [-1, 0, 0xffffffff].map((seed) => seededRandom(seed).ratio());

    for (const ratio of ratios) expect(ratio).toBeGreaterThanOrEqual(0);
    for (const ratio of ratios) expect(ratio).toBeLessThan(1);
    expect(ratios[0]).toBe(ratios[2]);
  });
});
