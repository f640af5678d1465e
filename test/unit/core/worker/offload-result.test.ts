import type { ResultStore } from '../../../../lambdas/core/ports.js';
import { serveSlot } from '../../../../lambdas/core/worker/serve-slot.js';
import { aConfig } from '../../../support/a-config.js';
import { anInvocation, aSlotWorld } from '../../../support/a-slot-world.js';
import { aTaskRequestBody, tokenOf } from '../../../support/a-task-request.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const LARGE = JSON.stringify('x'.repeat(300_000));

/** Serves one call whose answer is larger than a task may return. */
async function served(put: ResultStore['put'] | undefined, exchange = answered(200, { body: LARGE })) {
  const world = aSlotWorld();
  world.legacyApi.script.push({ exchange });
  world.send();
  const ports = { ...world.ports, results: put && { put } };
  const config = aConfig();
  await world.clock.run(serveSlot(ports, config, anInvocation(config, world.clock, 'slot-1')));
  return world;
}

describe('a result that no task can carry', () => {
  it('is stored whole, and the task returns where', async () => {
    const stored = new Map<string, string>();

    const world = await served((key, json) => {
      stored.set(key, json);
      return Promise.resolve({ bucket: 'results-bucket', bytes: json.length });
    });

    const [key = '', json] = [...stored][0] ?? [];
    expect(json).toBe(LARGE);
    const call = [aTaskRequestBody().execution, 'call-1', 'key-call-1'];
    expect(key).toBe(`results/fingerprint of ${JSON.stringify(call)}.json`);
    expect(JSON.parse(world.callback.succeeded.get(tokenOf('call-1')) ?? '')).toEqual({
      offloadedResult: { bucket: 'results-bucket', key, bytes: LARGE.length },
    });
    expect(world.telemetry.of('callEnded')[0]?.outcome).toBe('succeeded');
  });

  it('fails its task where there is no store', async () => {
    const world = await served(undefined);

    expect(world.callback.failed.get(tokenOf('call-1'))?.error).toBe('LegacyApi.ResponseTooLarge');
    expect(world.telemetry.of('problem')).toEqual([]);
  });

  it('fails its task where it was too large to be read', async () => {
    const put = () => Promise.reject(new Error('not asked for'));

    const world = await served(put, { kind: 'tooLarge', status: 200, retryAfter: undefined });

    expect(world.callback.failed.get(tokenOf('call-1'))?.error).toBe('LegacyApi.ResponseTooLarge');
    expect(world.telemetry.of('problem')).toEqual([]);
  });

  it('fails its task, which is not called harmless to repeat, where the store takes nothing', async () => {
    const world = await served(() => Promise.reject(new Error('AccessDenied')));

    expect(world.callback.failed.get(tokenOf('call-1'))?.error).toBe('LegacyApi.ResponseTooLarge');
    expect(world.telemetry.of('problem')).toEqual([
      { kind: 'problem', what: 'store a result', reason: 'Error: AccessDenied' },
    ]);
  });

  it('is none where a task can carry it', async () => {
    const put = () => Promise.reject(new Error('not asked for'));

    const world = await served(put, answered(200, { body: '{"id":1}' }));

    expect(world.callback.succeeded.get(tokenOf('call-1'))).toBe('{"id":1}');
  });
});
