import { OPEN_CONTROL } from '../../../../lambdas/core/control.js';
import { expediteCall } from '../../../../lambdas/core/intake/one-call.js';
import type { FoundCall, IntakePorts } from '../../../../lambdas/core/intake/ports.js';
import { aConfig } from '../../../support/a-config.js';
import { aTaskRequestBody } from '../../../support/a-task-request.js';
import { START_MS } from '../../../support/virtual-clock.js';

/** Full at two minutes of HIGH calls, one of which starts a second. */
const config = aConfig({ intake: { backlogBudgetSeconds: { HIGH: 120 } } });

async function expedite({ waiting = 0, tenant }: { waiting?: number; tenant?: string } = {}) {
  const sent: { readonly body: string; readonly tenant: string | undefined }[] = [];
  const contents = { waiting, inFlight: 0 };
  const message = aTaskRequestBody({
    ...{ priority: 'NORMAL', enqueuedAt: new Date(START_MS - 60_000).toISOString() },
    ...(tenant === undefined ? {} : { tenant }),
  });
  const ports = {
    nowMs: () => START_MS,
    calls: { waitingMessage: () => Promise.resolve(message) },
    standing: {
      read: () =>
        Promise.resolve({
          ...{ atMs: START_MS, control: OPEN_CONTROL, quotaBook: [] },
          queues: { HIGH: contents, NORMAL: contents, BATCH: contents },
        }),
    },
    sendHigh: (body: string, of: string | undefined) => Promise.resolve(void sent.push({ body, tenant: of })),
    ring: () => Promise.resolve(),
  };
  const request = { headers: { 'content-type': 'application/json' }, body: '{"priority":"HIGH"}' };
  const found = { id: 'call-1', arn: 'arn:call-1', status: 'RUNNING' };
  const answer = await expediteCall(
    ports as unknown as IntakePorts,
    config,
    request as unknown as Parameters<typeof expediteCall>[2],
    found as FoundCall,
  );
  return { status: answer.status, sent };
}

describe('expediteCall', () => {
  it('sends a copy as HIGH, in the group of its tenant', async () => {
    const { status, sent } = await expedite({ tenant: 'customer-7' });

    expect(status).toBe(202);
    expect(sent).toEqual([
      { tenant: 'customer-7', body: expect.stringContaining('"priority":"HIGH"') as string },
    ]);
  });

  it('sends nothing where HIGH has no room for a call that came as HIGH either', async () => {
    expect(await expedite({ waiting: 118 })).toMatchObject({ status: 202 });
    expect(await expedite({ waiting: 1_000 })).toEqual({ status: 503, sent: [] });
  });
});
