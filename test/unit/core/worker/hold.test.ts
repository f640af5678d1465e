import { FETCH_LEAD_MAX_MS } from '../../../../lambdas/core/pacing/fetch-lead.js';
import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

function aBacklog(world: SlotWorld, count: number): void {
  for (let index = 1; index <= count; index += 1) world.send({ callId: `call-${index}` });
}

describe('the hold of a slot', () => {
  it('keeps the starts of its calls apart, to the millisecond', async () => {
    const world = aSlotWorld();
    aBacklog(world, 4);

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0, 1_000, 2_000, 3_000]);
  });

  it('is over when a call takes longer', async () => {
    const world = aSlotWorld();
    world.legacyApi.latencyMs = 1_500;
    aBacklog(world, 3);

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0, 1_500, 3_000]);
  });

  it('counts from the moment at which a call was sent over a new connection', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(200), connectMs: 300 });
    aBacklog(world, 2);

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0, 1_300]);
  });

  it('counts from the start of a call that could not be sent', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: { kind: 'notSent', reason: 'ECONNREFUSED' }, connectMs: 300 });
    aBacklog(world, 2);

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([0, 1_000]);
  });

  it('lets nothing be received before it is about to end', async () => {
    const world = aSlotWorld();
    aBacklog(world, 3);

    await world.serve(aConfig());

    const received = world.journal.times(/^receive/).filter((ms) => ms < 3_000);
    const intoTheHoldMs = received.map((ms) => ms % 1_000);
    expect(received).not.toHaveLength(0);
    expect(intoTheHoldMs.filter((ms) => ms > 0 && ms < 1_000 - FETCH_LEAD_MAX_MS)).toEqual([]);
  });

  it('is used to fetch the next message, so that its call starts in time although receiving takes time', async () => {
    const world = aSlotWorld();
    world.queues.receiveMs = 10;
    aBacklog(world, 4);

    await world.serve(aConfig());

    // Two receives, HIGH and NORMAL: 20 ms and a margin of 4 ms.
    expect(world.journal.times(/^call/)).toEqual([20, 1_020, 2_020, 3_020]);
    expect(world.journal.times(/^receive HIGH/).slice(0, 3)).toEqual([0, 996, 1_996]);
  });

  it('is used to read the control record as well, once it has taken its time twice', async () => {
    const world = aSlotWorld();
    const read = world.control.read.bind(world.control);
    world.control.read = async () => {
      await world.clock.sleep(30);
      return read();
    };
    aBacklog(world, 5);

    await world.serve(aConfig());

    expect(world.journal.times(/^call/)).toEqual([30, 1_056, 2_082, 3_082, 4_082]);
  });

  it('lets a message be fetched at most 250 ms before it ends, however slow the queues are', async () => {
    const world = aSlotWorld();
    world.queues.receiveMs = 400;
    aBacklog(world, 2);

    await world.serve(aConfig());

    const [firstCallMs = 0] = world.journal.times(/^call/);
    const [, secondFetchMs = 0] = world.journal.times(/^receive HIGH/);
    expect(secondFetchMs).toBe(firstCallMs + 1_000 - 250);
  });

  it('lets a message be fetched no earlier for the time that the slot has lingered', async () => {
    const world = aSlotWorld();
    world.send({ callId: 'first', priority: 'HIGH' }, { afterMs: 600 });
    world.send({ callId: 'second', priority: 'HIGH' }, { afterMs: 700 });

    await world.serve(aConfig());

    expect(world.journal.timed(/^(took|call)/)).toEqual([
      '600: took first',
      '600: call first',
      '1600: took second',
      '1600: call second',
    ]);
  });

  it('is nothing without limits: the next call follows the last', async () => {
    const world = aSlotWorld();
    aBacklog(world, 3);

    await world.serve(aConfig({ limits: [] }));

    expect(world.journal.times(/^call/)).toEqual([0, 100, 200]);
  });

  it('is nothing without limits also after a call over a new connection', async () => {
    const world = aSlotWorld();
    world.legacyApi.script.push({ exchange: answered(200), connectMs: 300 });
    aBacklog(world, 2);

    await world.serve(aConfig({ limits: [] }));

    expect(world.journal.times(/^call/)).toEqual([0, 400]);
  });

  it('never lets two calls of one slot be in flight', async () => {
    const world = aSlotWorld();
    aBacklog(world, 10);

    await world.serve(aConfig({ limits: [] }));

    expect(world.legacyApi.sentAtMs).toHaveLength(10);
    expect(world.legacyApi.inFlightMost).toBe(1);
  });
});
