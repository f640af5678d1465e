import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { QuotaKeeper } from '../../../../lambdas/core/worker/quota-keeper.js';
import { aConfig } from '../../../support/a-config.js';
import { instant } from '../../../support/a-slot-world.js';
import { InMemoryQuotaBook } from '../../../support/in-memory-table.js';
import { Journal } from '../../../support/journal.js';
import { RecordedTelemetry } from '../../../support/recorded.js';
import { constantRandom } from '../../../support/seeded-random.js';
import { VirtualClock } from '../../../support/virtual-clock.js';

const LEASE_MS = 20_000;
const LONGEST_TIMEOUT_MS = 9_000;

/** One slot's keeper beside an empty book, in virtual time; what waits for chance waits half of its longest. */
function aKeeper(calls = 1_000, more: Parameters<typeof aConfig>[0] = {}) {
  const clock = new VirtualClock();
  const journal = new Journal(clock);
  const quotaBook = new InMemoryQuotaBook(journal);
  const operations = {
    getOrder: { effect: 'idempotent', timeoutMs: 3_000 },
    bookOrder: { effect: 'once', timeoutMs: LONGEST_TIMEOUT_MS },
  } as const;
  const config = aConfig({ limits: [{ calls, windowMs: 86_400_000 }], operations, ...more });
  const ports = { clock, random: constantRandom(0.5), quotaBook, telemetry: new RecordedTelemetry() };
  const keeper = new QuotaKeeper(ports, config);
  return {
    clock,
    journal,
    quotaBook,
    keeper,
    secure: () => clock.run(keeper.secure(OPEN_CONTROL)),
    counted: () => quotaBook.current.book.reduce((sum, permits) => sum + permits.calls, 0),
    /** Makes so many calls, and asks for permits whenever none is left. */
    call: async (times: number) => {
      for (let made = 0; made < times; made += 1) {
        await clock.run(keeper.secure(OPEN_CONTROL));
        keeper.use();
      }
    },
  };
}

describe('a permit', () => {
  it('may be used until the last instant from which it covers a call that is sent late', async () => {
    const { keeper, clock, secure, quotaBook } = aKeeper();
    await secure();

    await clock.advance(LEASE_MS);

    expect(quotaBook.current.book).toEqual([{ calls: 1, untilMs: instant(LEASE_MS + LONGEST_TIMEOUT_MS) }]);
    expect(() => keeper.use()).not.toThrow();
  });

  it('has expired a millisecond later', async () => {
    const { keeper, clock, secure } = aKeeper();
    await secure();

    await clock.advance(LEASE_MS + 1);

    expect(() => keeper.use()).toThrow('the permit has expired');
  });

  it('covers one call', async () => {
    const { keeper, secure } = aKeeper();
    await secure();
    keeper.use();

    expect(() => keeper.use()).toThrow('the permit has expired');
  });

  it.each([
    [LEASE_MS - 5_000, 0],
    [LEASE_MS - 5_000 + 1, 100],
  ])(
    'is in hand while it lasts for five more seconds: after %i ms another takes %i ms',
    async (ms, leadMs) => {
      const { keeper, clock, secure } = aKeeper();
      await secure();

      await clock.advance(ms);

      expect(keeper.leadMs(OPEN_CONTROL)).toBe(leadMs);
    },
  );

  it('is nothing to wait for where no quota counts', () => {
    const { keeper } = aKeeper(1, { limits: [] });

    expect(keeper.leadMs(OPEN_CONTROL)).toBe(0);
    expect(() => keeper.use()).not.toThrow();
  });
});

describe('a block of permits', () => {
  it('doubles each time it is used up, to eight at most', async () => {
    const { call, counted } = aKeeper();
    const sizes: number[] = [];
    for (const calls of [1, 2, 4, 8, 8]) {
      const before = counted();
      await call(calls);
      sizes.push(counted() - before);
    }

    expect(sizes).toEqual([1, 2, 4, 8, 8]);
  });

  it('is half as large after one that was not used up in time, and what was left of that goes back', async () => {
    const { call, clock, secure, counted } = aKeeper();
    await call(1 + 2 + 4 + 1);
    await clock.advance(LEASE_MS - 1_000);

    await secure();

    expect(counted()).toBe(1 + 2 + 4 + 1 + 4);
  });

  it("is no more than the slot's part of a quarter of what is left", async () => {
    const { call, counted } = aKeeper(87, { slots: 4 });
    await call(1 + 2 + 4);

    await call(1);

    // Of the 80 that are left, 20 for four slots.
    expect(counted()).toBe(7 + 5);
  });
});

describe('slots that change the quota book at the same time', () => {
  it('make one another try again a little later', async () => {
    const { quotaBook, secure, journal } = aKeeper();
    const replace = quotaBook.replace.bind(quotaBook);
    let conflicts = 2;
    quotaBook.replace = (book, version) => replace(book, conflicts-- > 0 ? version - 1 : version);

    expect(await secure()).toBe(instant(40));

    expect(journal.times(/^read/)).toEqual([0, 20, 40]);
  });

  it('make a slot give up that was too late twenty times', async () => {
    const { quotaBook, secure } = aKeeper();
    let attempts = 0;
    quotaBook.replace = () => {
      attempts += 1;
      return attempts > 20 ? Promise.reject(new Error('tried too often')) : Promise.resolve(false);
    };

    await expect(secure()).rejects.toThrow('the quota book was changed by others 20 times');
    expect(attempts).toBe(20);
  });

  it('give back at different times what they did not use', async () => {
    const { keeper, clock, secure, journal, counted } = aKeeper();
    await secure();

    await clock.run(keeper.leave());

    expect(journal.times(/^write/)).toEqual([0, 250]);
    expect(counted()).toBe(0);
  });
});
