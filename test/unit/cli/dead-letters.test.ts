import { discard, list, type ParkedMessages, redriveAll } from '../../../cli/dead-letters/commands.js';
import { asTable } from '../../../cli/dead-letters/describe.js';
import type { ParkedMessage } from '../../../lambdas/adapters/sqs-parked-messages.js';
import type { Redriven } from '../../../lambdas/core/dead-letters/redrive.js';
import { aTaskRequestBody, tokenOf } from '../../support/a-task-request.js';

function aParkedMessage(id: string, more: Partial<ParkedMessage> = {}): ParkedMessage {
  const body = JSON.stringify(aTaskRequestBody({ callId: id }));
  return { id, body, receiptHandle: `receipt-${id}`, known: { parkedAt: id }, ...more };
}

/** As many redrives later, whoever has not deleted a message has it in hand no more. */
const HIDDEN_FOR_REDRIVES = 40;

/** The queue of parked messages: what is in somebody's hands, and what was deleted or put back. */
function parkedMessages(...messages: readonly ParkedMessage[]) {
  const deleted: string[] = [];
  const released: string[] = [];
  const inHand = new Map<string, { readonly message: ParkedMessage; readonly sinceRedrives: number }>();
  let visible = [...messages];
  let redrives = 0;
  let takes = 0;
  const leaveHand = async ({ receiptHandle }: ParkedMessage): Promise<void> => {
    await Promise.resolve();
    expire();
    if (!inHand.delete(receiptHandle)) throw new Error(`${receiptHandle} has expired`);
  };
  const expire = (): void => {
    for (const [receipt, { message, sinceRedrives }] of inHand) {
      if (redrives - sinceRedrives < HIDDEN_FOR_REDRIVES) continue;
      inHand.delete(receipt);
      visible = [{ ...message, receiptHandle: `${receipt} again` }, ...visible];
    }
  };
  const parked: ParkedMessages = {
    take: (most) => {
      takes += 1;
      expire();
      const taken = visible.slice(0, most);
      visible = visible.slice(most);
      for (const message of taken) inHand.set(message.receiptHandle, { message, sinceRedrives: redrives });
      return Promise.resolve(taken);
    },
    delete: async (message) => {
      await leaveHand(message);
      deleted.push(message.id);
    },
    release: async (message) => {
      await leaveHand(message);
      released.push(message.id);
    },
  };
  const answering = (redriven: Redriven) => () => {
    redrives += 1;
    return Promise.resolve(redriven);
  };
  return { parked, deleted, released, answering, counts: () => ({ redrives, takes }) };
}

function manyMessages(count: number): readonly ParkedMessage[] {
  return Array.from({ length: count }, (_, index) => aParkedMessage(String(index)));
}

const STARTED: Redriven = { kind: 'started', executionName: 'redrive-1', notes: [] };
const REFUSED: Redriven = { kind: 'refused', reason: 'it is not a task request' };

describe('dead-letters list', () => {
  it('tells every message without its token, the oldest first, and puts each back', async () => {
    const { parked, released } = parkedMessages(aParkedMessage('2'), aParkedMessage('1'));

    const { messages, hidden } = await list(parked);

    expect(messages.map(({ id }) => id)).toEqual(['1', '2']);
    expect(messages[0]?.request).toMatchObject({ callId: '1', payload: { order: 7 } });
    expect(JSON.stringify(messages)).not.toContain('token-of-');
    expect(released).toEqual(['2', '1']);
    expect(hidden).toBe(0);
  });

  it('hides the token of a message that is not a task request too', async () => {
    const { parked } = parkedMessages(
      aParkedMessage('1', { body: JSON.stringify({ taskToken: tokenOf('1'), operation: 7 }) }),
    );

    const [message] = (await list(parked)).messages;

    expect(message?.body).toBe('{"taskToken":"***","operation":7}');
  });

  it('tells all, and how many it could not put back', async () => {
    const { parked } = parkedMessages(...manyMessages(25));
    const broken = { ...parked, release: () => Promise.reject(new Error('throttled')) };

    const { messages, hidden } = await list(broken);

    expect([messages.length, hidden]).toEqual([25, 25]);
  });

  it('prints one line for each message, and says where there is none', async () => {
    const { parked } = parkedMessages(aParkedMessage('1'), aParkedMessage('2', { body: 'hello' }));

    const lines = asTable((await list(parked)).messages).split('\n');

    expect(lines).toEqual([
      expect.stringContaining('NORMAL getOrder key-1') as string,
      expect.stringContaining('not a task request') as string,
    ]);
    expect(asTable([])).toBe('Nothing is parked.');
  });
});

describe('dead-letters redrive', () => {
  it('takes a few at a time, so that none is seen by others before it is deleted', async () => {
    const { parked, deleted, answering } = parkedMessages(...manyMessages(400));

    const done = await redriveAll(parked, 'all', answering(STARTED));

    expect([done.length, new Set(deleted).size]).toEqual([400, 400]);
  });

  it('asks for each once, though those that it keeps come again meanwhile', async () => {
    const { parked, released, answering, counts } = parkedMessages(...manyMessages(95));

    const done = await redriveAll(parked, 'all', answering(REFUSED));

    expect([done.length, counts().redrives]).toEqual([95, 95]);
    expect(released.length).toBeGreaterThan(0);
  });

  it('looks no further once it has done all that it was asked for', async () => {
    const { parked, answering, counts } = parkedMessages(...manyMessages(95));

    await redriveAll(parked, ['3'], answering(STARTED));

    expect(counts()).toEqual({ redrives: 1, takes: 1 });
  });

  it('reports what it did where the rest cannot be put back, and says so', async () => {
    const { parked, answering } = parkedMessages(...manyMessages(3));
    const broken = { ...parked, release: () => Promise.reject(new Error('throttled')) };

    const done = await redriveAll(broken, ['0', '1'], answering(REFUSED));

    const hidden = 'not put back: hidden from everybody for up to two minutes';
    expect(done).toEqual([
      { id: '0', ok: false, what: `refused: it is not a task request; ${hidden}` },
      { id: '1', ok: false, what: `refused: it is not a task request; ${hidden}` },
      { id: '2', ok: true, what: `not asked for; ${hidden}` },
    ]);
  });

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

  it('stops at a fault, puts back what it has not redriven, and reports what it has', async () => {
    const { parked, deleted, released } = parkedMessages(...manyMessages(3));
    const redrive = (body: string) =>
      body.includes('"callId":"0"') ? Promise.resolve(STARTED) : Promise.reject(new Error('throttled'));

    const done = await redriveAll(parked, ['0', '1', '2'], redrive);

    expect(done).toEqual([
      { id: '0', ok: true, what: 'execution redrive-1 makes its call' },
      { id: '1', ok: false, what: 'not done, and nothing after it: throttled' },
    ]);
    expect([deleted, released]).toEqual([['0'], ['1', '2']]);
  });

  it('reports what it has done also where the next ones cannot be taken', async () => {
    const { parked } = parkedMessages(...manyMessages(12));
    let takes = 0;
    const take = (most: number) => {
      takes += 1;
      return takes === 1 ? parked.take(most) : Promise.reject(new Error('throttled'));
    };

    const done = await redriveAll({ ...parked, take }, 'all', () => Promise.resolve(STARTED));

    expect(done).toHaveLength(11);
    expect(done.at(-1)).toEqual({
      ...{ id: 'the rest', ok: false, what: 'not done, and nothing after it: throttled' },
    });
  });

  it('fails with the fault itself where nothing was done before it', async () => {
    const { parked, released } = parkedMessages(aParkedMessage('1'));
    const redrive = () => Promise.reject(new Error('no'));

    await expect(redriveAll(parked, 'all', redrive)).rejects.toThrow('no');

    expect(released).toEqual(['1']);
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
