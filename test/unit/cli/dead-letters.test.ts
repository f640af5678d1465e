import { discard, list, type ParkedMessages, redriveAll } from '../../../cli/dead-letters/commands.js';
import { asTable } from '../../../cli/dead-letters/describe.js';
import type { ParkedMessage } from '../../../lambdas/adapters/sqs-parked-messages.js';
import type { Redriven } from '../../../lambdas/core/dead-letters/redrive.js';
import { aTaskRequestBody, tokenOf } from '../../support/a-task-request.js';

function aParkedMessage(id: string, more: Partial<ParkedMessage> = {}): ParkedMessage {
  const body = JSON.stringify(aTaskRequestBody({ callId: id }));
  return { id, body, receiptHandle: `receipt-${id}`, known: { parkedAt: id }, ...more };
}

/** The queue of parked messages: what is in somebody's hands, and what was deleted or put back. */
function parkedMessages(...messages: readonly ParkedMessage[]) {
  const deleted: string[] = [];
  const released: string[] = [];
  const parked: ParkedMessages = {
    take: () => Promise.resolve(messages),
    delete: ({ id }) => Promise.resolve(void deleted.push(id)),
    release: ({ id }) => Promise.resolve(void released.push(id)),
  };
  return { parked, deleted, released };
}

const STARTED: Redriven = { kind: 'started', executionName: 'redrive-1', notes: [] };
const REFUSED: Redriven = { kind: 'refused', reason: 'it is not a task request' };

describe('dead-letters list', () => {
  it('tells every message without its token, the oldest first, and puts each back', async () => {
    const { parked, released } = parkedMessages(aParkedMessage('2'), aParkedMessage('1'));

    const messages = await list(parked);

    expect(messages.map(({ id }) => id)).toEqual(['1', '2']);
    expect(messages[0]?.request).toMatchObject({ callId: '1', payload: { order: 7 } });
    expect(JSON.stringify(messages)).not.toContain('token-of-');
    expect(released).toEqual(['2', '1']);
  });

  it('hides the token of a message that is not a task request too', async () => {
    const { parked } = parkedMessages(
      aParkedMessage('1', { body: JSON.stringify({ taskToken: tokenOf('1'), operation: 7 }) }),
    );

    const [message] = await list(parked);

    expect(message?.body).toBe('{"taskToken":"***","operation":7}');
  });

  it('prints one line for each message, and says where there is none', async () => {
    const { parked } = parkedMessages(aParkedMessage('1'), aParkedMessage('2', { body: 'hello' }));

    const lines = asTable(await list(parked)).split('\n');

    expect(lines).toEqual([
      expect.stringContaining('NORMAL getOrder key-1') as string,
      expect.stringContaining('not a task request') as string,
    ]);
    expect(asTable([])).toBe('Nothing is parked.');
  });
});

describe('dead-letters redrive', () => {
  it('deletes what was redriven, and puts everything else back', async () => {
    const { parked, deleted, released } = parkedMessages(aParkedMessage('1'), aParkedMessage('2'));

    const done = await redriveAll(parked, ['1'], () => Promise.resolve(STARTED));

    expect(done).toEqual([{ id: '1', ok: true, what: 'execution redrive-1 makes its call' }]);
    expect([deleted, released]).toEqual([['1'], ['2']]);
  });

  it('keeps what was refused, with the reason', async () => {
    const { parked, deleted, released } = parkedMessages(aParkedMessage('1'));

    const done = await redriveAll(parked, 'all', () => Promise.resolve(REFUSED));

    expect(done).toEqual([{ id: '1', ok: false, what: 'refused: it is not a task request' }]);
    expect([deleted, released]).toEqual([[], ['1']]);
  });

  it('stops at a fault and puts back what it has not redriven', async () => {
    const { parked, deleted, released } = parkedMessages(aParkedMessage('1'), aParkedMessage('2'));
    const redrive = (body: string) =>
      body.includes('"callId":"1"') ? Promise.resolve(STARTED) : Promise.reject(new Error('no'));

    await expect(redriveAll(parked, 'all', redrive)).rejects.toThrow('no');

    expect([deleted, released]).toEqual([['1'], ['2']]);
  });

  it('says which of the messages it was asked for are not there', async () => {
    const { parked } = parkedMessages(aParkedMessage('1'));

    const done = await redriveAll(parked, ['3'], () => Promise.resolve(STARTED));

    expect(done).toMatchObject([{ id: '3', ok: false }]);
  });
});

describe('dead-letters discard', () => {
  it('deletes the messages that it was asked for, and no other', async () => {
    const { parked, deleted, released } = parkedMessages(aParkedMessage('1'), aParkedMessage('2'));

    await discard(parked, ['2']);

    expect([deleted, released]).toEqual([['2'], ['1']]);
  });
});
