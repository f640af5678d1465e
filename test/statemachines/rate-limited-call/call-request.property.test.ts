// Goal: whoever checks a call request beforehand says what the state machine would say, no more and no less.
// Method: random inputs on both sides of the contract, run on the interpreter and read by parseCallRequest.
import fc from 'fast-check';
import type { OrchestratorConfigInput } from '../../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../../lambdas/core/config/parse-config.js';
import { parseCallRequest } from '../../../lambdas/core/contracts/call-request.js';
import { PAYLOAD_MAX_BYTES } from '../../../lambdas/core/contracts/limits.js';
import { aLegacyApi } from '../../infra/support/a-legacy-api.js';
import { TestService } from '../support/service.js';
import { rateLimitedCall } from './support/definition.js';
import { input } from './support/inputs.js';

const seed = 20260201;

type Settings = Partial<OrchestratorConfigInput>;

async function faultsOfStateMachine(
  service: TestService,
  value: unknown,
  settings: Settings = {},
): Promise<readonly string[]> {
  const { status, cause } = await service.run(rateLimitedCall(settings), value);
  return status === 'RUNNING' ? [] : (cause?.split('\n') ?? []);
}

function faultsOfContract(service: TestService, value: unknown, settings: Settings = {}): readonly string[] {
  const config = parseConfig(aLegacyApi(settings));
  const parsed = parseCallRequest(value, config, service.timers.nowMs());
  // As the cause of a failed execution has them: one text.
  return parsed.kind === 'request' ? [] : parsed.faults.join('\n').split('\n');
}

describe(`a call request, with seed ${seed}`, () => {
  it.each<readonly [string, Settings, number]>([
    ['keeps order', { ordering: 'perKey' }, 200],
    ['keeps none', {}, 40],
  ])(
    'is refused for the same faults, in the same order, as by rate-limited-call that %s',
    async (_what, settings, acceptedLeast) => {
      const service = new TestService();
      const counts = { accepted: 0, refused: 0, severalFaults: 0 };

      await fc.assert(
        fc.asyncProperty(input, async (value) => {
          const faults = faultsOfContract(service, value, settings);

          expect(faults).toEqual(await faultsOfStateMachine(service, value, settings));
          counts.accepted += Number(faults.length === 0);
          counts.refused += Number(faults.length > 0);
          counts.severalFaults += Number(faults.length > 1);
        }),
        { seed, numRuns: 600 },
      );

      expect(counts.accepted).toBeGreaterThan(acceptedLeast);
      expect(counts.refused).toBeGreaterThan(200);
      expect(counts.severalFaults).toBeGreaterThan(50);
    },
    30_000,
  );

  it.each([
    ['text', (bytes: number) => `é€😀"\n\ud800${'x'.repeat(bytes - 21)}`],
    ['array', (bytes: number) => ['x'.repeat(bytes - 4)]],
    ['object', (bytes: number) => ({ a: 'x'.repeat(bytes - 8) })],
    ['long numbers', (bytes: number) => [0.1 + 0.2, 'x'.repeat(bytes - 8)]],
  ])('has the same largest payload: %s', async (_kind, ofBytes) => {
    const service = new TestService();
    const fits = { operation: 'createOrder', payload: ofBytes(PAYLOAD_MAX_BYTES) };
    const exceeds = { operation: 'createOrder', payload: ofBytes(PAYLOAD_MAX_BYTES + 1) };

    const ends = await Promise.all([fits, exceeds].map((value) => faultsOfStateMachine(service, value)));

    expect(ends).toEqual([
      [],
      [`payload: expected at most ${PAYLOAD_MAX_BYTES} bytes of JSON but got ${PAYLOAD_MAX_BYTES + 1}`],
    ]);
    expect([fits, exceeds].map((value) => faultsOfContract(service, value))).toEqual(ends);
  });
});
