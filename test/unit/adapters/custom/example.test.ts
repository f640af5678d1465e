import { adapter } from '../../../../lambdas/adapters/custom/example.js';
import { conformance } from '../../../support/adapter-conformance.js';
import { recordedCall } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const NAME = 'example';

const parts = { custom: { [NAME]: adapter } };

const operation = { adapter: NAME, path: '/orders' };

conformance(NAME, adapter, {
  operation: { path: '/orders' },
  payload: { order: 'A-1', quantity: 2 },
  answer: 'OK\nNUMBER=17\n',
  result: { NUMBER: '17' },
});

describe('the lines of this adapter', () => {
  it('writes what the legacy API expects', async () => {
    const { wires } = await recordedCall({ payload: { order: 'A-1', quantity: 2 }, operation, parts });

    expect(wires).toMatchObject([{ method: 'POST', body: 'ORDER=A-1\nQUANTITY=2\n' }]);
  });

  it.each([[null], [{}], [{ 'a b': 1 }], [{ a: 'b\nc' }], [{ a: {} }]])('refuses %j', async (payload) => {
    const { wires, faults } = await recordedCall({ payload, operation, parts });

    expect(faults).toHaveLength(1);
    expect(wires).toEqual([]);
  });

  it('tells a refusal from a failure', async () => {
    const exchangeOf = async (body: string) =>
      (await recordedCall({ payload: { a: 1 }, answer: answered(200, { body }), operation, parts })).exchange;

    expect(await exchangeOf('ERROR NOSTOCK\n')).toMatchObject({
      kind: 'fault',
      codes: ['Client', 'NOSTOCK'],
    });
    expect(await exchangeOf('ERROR BUSY\n')).toMatchObject({ kind: 'fault', codes: ['Server', 'BUSY'] });
    expect(await exchangeOf('<html>')).toMatchObject({ kind: 'unreadable' });
  });
});
