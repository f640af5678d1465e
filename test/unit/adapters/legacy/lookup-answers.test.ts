import { lookupOperationOf } from '../../../../lambdas/core/ledger/lookup.js';
import { anOperation } from '../../../support/a-config.js';
import { recordedCall } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const SOAP = {
  version: '1.1' as const,
  ...{ action: '', namespace: 'urn:erp', element: 'Find', retryableFaults: [] },
};

const inAnEnvelope = (content: string) =>
  `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${content}</e:Body></e:Envelope>`;

const readOf = async (lookup: object, body: string, status = 200, contentType = 'application/json') => {
  const operation = lookupOperationOf(
    anOperation({ effect: 'once', lookup: { path: '/orders', ...lookup } }),
  );
  const answer = answered(status, { body, contentType });
  const { exchange } = await recordedCall({
    operation: operation ?? {},
    answer,
    payload: { idempotencyKey: 'k-1' },
  });
  return exchange;
};

const aSearch = { executed: '$count(items) = 1', result: 'items[0].id' };

describe('a lookup that asks a search', () => {
  it('has found the call where its expression is true, and maps the result', async () => {
    expect(await readOf(aSearch, '{"items":[{"id":7}]}')).toMatchObject({ kind: 'answered', body: '7' });
  });

  it('has found none where it is false', async () => {
    expect(await readOf(aSearch, '{"items":[]}')).toEqual({ kind: 'notFound', status: 200 });
    expect(await readOf({ executed: '$count($) > 0' }, '[]')).toEqual({ kind: 'notFound', status: 200 });
  });

  it('passes the answer on as it came where no result is mapped', async () => {
    const body = '{"items": [{"id": 12345678901234567890}]}';

    expect(await readOf({ executed: '$exists(items)' }, body)).toMatchObject({ kind: 'answered', body });
  });

  it.each([
    ['items[0].id', '{"items":[{"id":7}]}'],
    ['items[0].id', '{"items":[]}'],
    ['"true"', '{}'],
    ['found', '{"found":null}'],
  ])('leaves the question open where %s is neither true nor false', async (executed, body) => {
    expect(await readOf({ executed }, body)).toEqual({
      ...{ kind: 'unusable', status: 200 },
      reason: 'lookup.executed makes neither true nor false of it',
    });
  });

  it('leaves the question open where the expression fails, and quotes nothing', async () => {
    expect(await readOf({ executed: '$number(id) > 1' }, '{"id":"the-secret"}')).toEqual({
      ...{ kind: 'unusable', status: 200 },
      reason: expect.stringMatching(/^lookup.executed fails on it: JSONata error D3030/) as string,
    });
  });

  it('judges an answer that is no success, or no JSON, as any other', async () => {
    expect(await readOf({ executed: 'false' }, '{}', 404)).toMatchObject({ kind: 'answered', status: 404 });
    expect(await readOf({ executed: 'false' }, '<html>')).toMatchObject({ kind: 'answered', body: '<html>' });
  });
});

describe('a lookup by SOAP', () => {
  const lookup = { soap: SOAP, executed: 'found = "true"', result: '{ "id": id }' };

  it('asks by the key', async () => {
    const operation = lookupOperationOf(anOperation({ lookup: { path: '/find', ...lookup } }));
    const { wires } = await recordedCall({ operation: operation ?? {}, payload: { idempotencyKey: 'k-1' } });

    expect(wires).toEqual([
      expect.objectContaining({
        method: 'POST',
        body: expect.stringContaining(
          '<Find xmlns="urn:erp"><idempotencyKey>k-1</idempotencyKey></Find>',
        ) as string,
      }),
    ]);
  });

  it('is answered by the content of its body', async () => {
    const found = inAnEnvelope('<r><found>true</found><id>7</id></r>');
    const none = inAnEnvelope('<r><found>false</found></r>');

    expect(await readOf(lookup, found)).toMatchObject({ kind: 'answered', body: '{"id":"7"}' });
    expect(await readOf(lookup, none)).toEqual({ kind: 'notFound', status: 200 });
  });
});
