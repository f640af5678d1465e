import { Logger } from '@aws-lambda-powertools/logger';
import { PowertoolsTelemetry } from '../../../lambdas/adapters/powertools-telemetry.js';
import { serveSlot } from '../../../lambdas/core/worker/serve-slot.js';
import { aConfig } from '../../support/a-config.js';
import { anInvocation, aSlotWorld } from '../../support/a-slot-world.js';
import { aTaskRequestBody, tokenOf } from '../../support/a-task-request.js';
import { captureLines } from '../../support/capture-lines.js';
import { answered } from '../../support/scripted-legacy-api.js';

const captured = captureLines();

describe('what a slot writes', () => {
  it('never holds a token, a payload or a body, however its work ends', async () => {
    const world = aSlotWorld();
    const telemetry = new PowertoolsTelemetry(new Logger({ serviceName: 'erp', logLevel: 'DEBUG' }), 'erp');
    const secret = { payload: { secret: 'the-secret-payload' } };
    const body = 'the-secret-body';
    world.legacyApi.script.push(
      { exchange: answered(200, { body: JSON.stringify(body) }) },
      { exchange: answered(422, { body }) },
      { exchange: answered(500, { body }) },
      { exchange: answered(429, { body, retryAfter: '1' }) },
      { exchange: { kind: 'lost', reason: 'ECONNRESET' } },
    );
    for (let index = 1; index <= 5; index += 1) world.send({ callId: `call-${index}`, ...secret });
    world.send({ callId: 'too-late', deadline: new Date(0).toISOString(), ...secret });
    world.send({ callId: 'unknown', operation: 'dropOrder', ...secret });
    world.send({ callId: 'closed', ...secret }, { receiveCount: 1 });
    world.callback.closed.add(tokenOf('closed')).add(tokenOf('call-1'));
    const malformed = { ...aTaskRequestBody(secret), state: 7 };
    world.queues.send('HIGH', JSON.stringify(malformed));
    world.queues.send('HIGH', JSON.stringify(JSON.stringify(malformed)));
    const config = aConfig();

    await world.clock.run(
      serveSlot({ ...world.ports, telemetry }, config, anInvocation(config, world.clock)),
    );

    const written = captured.lines.join('\n');
    expect(written).toContain('call-1');
    expect(written).toContain('malformed');
    expect(written).not.toContain('token-of-');
    expect(written).not.toContain('the-secret');
  });
});
