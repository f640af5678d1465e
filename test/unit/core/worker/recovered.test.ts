import { aConfig } from '../../../support/a-config.js';
import { aSlotWorld, instant } from '../../../support/a-slot-world.js';
import { answered } from '../../../support/scripted-legacy-api.js';
import { constantRandom } from '../../../support/seeded-random.js';

describe('a slot that comes once others are through it', () => {
  it('begins at once where the rate has recovered', async () => {
    const world = aSlotWorld(constantRandom(0.5));
    world.decree({ slowdown: { ratio: 0.5, sinceMs: instant(-15_000) } });
    world.send();

    await world.serve(aConfig({ slots: 4, limits: [{ calls: 4, windowMs: 1_000 }] }));

    expect(world.journal.times(/^call/)).toEqual([0]);
  });

  it('forgets the failures that it saw before the breaker opened', async () => {
    const world = aSlotWorld();
    for (let index = 1; index <= 5; index += 1) {
      world.legacyApi.script.push({ exchange: answered(500) });
      world.send({ callId: `call-${index}` });
    }
    world.decree({ breaker: { opens: 1, untilMs: instant(7_000) } }, 3_050);
    world.decree({ breaker: undefined }, 5_000);

    await world.serve(aConfig());

    expect(world.journal.lines(/^call/)).toHaveLength(5);
    expect(world.telemetry.of('breakerOpened')).toEqual([]);
  });
});
