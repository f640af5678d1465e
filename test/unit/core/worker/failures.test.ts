import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, type SlotWorld } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';

type Break = (world: SlotWorld) => void;

const breakLater =
  (breakNow: Break): Break =>
  (world) =>
    world.clock.at(world.clock.nowMs() + 1_500, () => breakNow(world));

describe('a slot whose world fails', () => {
  it.each<[string, Break]>([
    ['the queues cannot be reached', (world) => world.queues.broken.add('receive')],
    ['the queues are lost while it serves', breakLater((world) => world.queues.broken.add('receive'))],
    ['the control record cannot be read', (world) => (world.control.broken = true)],
    ['the control record is lost while it serves', breakLater((world) => (world.control.broken = true))],
    ['its slot record cannot be written', (world) => (world.slots.broken = true)],
    [
      'the gate cannot be closed',
      (world) => {
        world.legacyApi.script.push({ exchange: answered(429, { retryAfter: '60' }) });
        world.clock.at(world.clock.nowMs() + 50, () => (world.control.broken = true));
      },
    ],
  ])('ends with a bell and never rejects when %s', async (_what, breakIt) => {
    const world = aSlotWorld();
    for (let index = 1; index <= 5; index += 1) world.send({ callId: `call-${index}` });
    breakIt(world);

    const end = await world.serve(aConfig());

    expect(end).toBe('problem');
    expect(world.journal.lines(/^ring/)).toContain('ring 5000');
    expect(world.telemetry.of('problem')).not.toHaveLength(0);
  });

  it('says what it was about when the queues cannot be reached', async () => {
    const world = aSlotWorld();
    world.queues.broken.add('receive');

    await world.serve(aConfig());

    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'serve the queues' }]);
  });

  it('makes no call when its record could not be written', async () => {
    const world = aSlotWorld();
    world.slots.broken = true;
    world.send();

    await world.serve(aConfig());

    expect(world.telemetry.of('problem')).toMatchObject([{ what: 'open or close the slot' }]);
    expect(world.journal.lines(/^(receive|call)/)).toEqual([]);
  });

  it('resolves even when nothing works at all', async () => {
    const world = aSlotWorld();
    world.control.broken = true;
    world.slots.broken = true;
    world.doorbell.broken = true;
    for (const operation of ['receive', 'delete', 'defer', 'park'] as const)
      world.queues.broken.add(operation);
    world.callback.unavailable = true;

    expect(await world.serve(aConfig())).toBe('problem');
  });

  it('sends its figures all the same', async () => {
    const world = aSlotWorld();
    world.control.broken = true;

    await world.serve(aConfig());

    expect(world.telemetry.flushed).toBe(1);
  });
});
