import { type Priority, TurnWatch } from '../../../../examples/every-door/run/turn-watch.js';
import { seededRandom } from '../../../support/seeded-random.js';

const SHARES = { HIGH: 0.5, NORMAL: 0.05, BATCH: 0.05 };

function aWatch() {
  const sentAtMs: Record<Priority, number | undefined> = {
    HIGH: undefined,
    NORMAL: undefined,
    BATCH: undefined,
  };
  const queue = (priority: Priority) => ({ oldestReadySentAtMs: () => sentAtMs[priority] });
  const queues = { HIGH: queue('HIGH'), NORMAL: queue('NORMAL'), BATCH: queue('BATCH') };
  return { sentAtMs, watch: new TurnWatch(queues, SHARES) };
}

describe('the watch over turns', () => {
  it('counts a lower class that is taken while a higher one has waited since before the turn', () => {
    const { sentAtMs, watch } = aWatch();
    Object.assign(sentAtMs, { HIGH: 90, BATCH: 10 });

    watch.asked('slot', 100);
    watch.took('slot', 'BATCH');

    expect(watch.passed().HIGH).toMatchObject({ turns: 1, over: 1, expected: 0.05 });
    expect(watch.passed().NORMAL.turns).toBe(0);
  });

  it('counts a turn that serves the class that waited, and no inversion', () => {
    const { sentAtMs, watch } = aWatch();
    Object.assign(sentAtMs, { HIGH: 90, NORMAL: 80, BATCH: 10 });

    watch.asked('slot', 100);
    watch.took('slot', 'HIGH');

    const { HIGH, NORMAL } = watch.passed();
    expect(HIGH).toMatchObject({ turns: 1, over: 0, expected: 0.1 });
    expect(NORMAL).toMatchObject({ turns: 1, over: 0, expected: 0.05 });
  });

  it('counts nothing against a message that came after the turn had begun', () => {
    const { sentAtMs, watch } = aWatch();
    sentAtMs.BATCH = 10;

    watch.asked('slot', 100);
    sentAtMs.HIGH = 101;
    watch.asked('slot', 102);
    watch.took('slot', 'BATCH');

    expect(watch.passed().HIGH.turns).toBe(0);
  });

  it('counts nothing where another slot took what had waited', () => {
    const { sentAtMs, watch } = aWatch();
    Object.assign(sentAtMs, { HIGH: 90, BATCH: 10 });

    watch.asked('slot', 100);
    sentAtMs.HIGH = undefined;
    watch.took('slot', 'BATCH');

    expect(watch.passed().HIGH.turns).toBe(0);
  });

  it('keeps the turns of slots apart', () => {
    const { sentAtMs, watch } = aWatch();
    sentAtMs.BATCH = 10;

    watch.asked('one', 100);
    sentAtMs.HIGH = 110;
    watch.asked('two', 120);
    watch.took('two', 'BATCH');
    watch.took('one', 'BATCH');

    expect(watch.passed().HIGH).toMatchObject({ turns: 1, over: 1 });
  });

  it('begins another turn after a slot that found nothing anywhere', () => {
    const { sentAtMs, watch } = aWatch();

    for (let ask = 0; ask < 6; ask += 1) watch.asked('slot', 100 + ask);
    Object.assign(sentAtMs, { HIGH: 150, BATCH: 150 });
    watch.asked('slot', 200);
    watch.took('slot', 'BATCH');

    expect(watch.passed().HIGH).toMatchObject({ turns: 1, over: 1 });
  });

  it.each([
    ['the minimum share', SHARES.BATCH, true],
    ['three times its minimum share', 3 * SHARES.BATCH, false],
  ])('tells whether BATCH leads with %s', (_, share, isWithin) => {
    const { sentAtMs, watch } = aWatch();
    Object.assign(sentAtMs, { HIGH: 90, BATCH: 10 });
    const random = seededRandom(1);

    for (let turn = 0; turn < 1_000; turn += 1) {
      watch.asked('slot', 100);
      watch.took('slot', random.ratio() < share ? 'BATCH' : 'HIGH');
    }

    const { over, most } = watch.passed().HIGH;
    expect(over <= most).toBe(isWithin);
  });
});
