import type { OperationConfig } from '../../../../lambdas/core/config/orchestrator-config.js';
import type { Exchange } from '../../../../lambdas/core/outcomes/exchange.js';
import { anOperation } from '../../../support/a-config.js';
import { recordedCall, wireOf } from '../../../support/a-recording-transport.js';
import { answered } from '../../../support/scripted-legacy-api.js';

const SOAP: NonNullable<OperationConfig['soap']> = {
  version: '1.1',
  action: 'urn:erp:CreateOrder',
  namespace: 'urn:erp',
  element: 'CreateOrder',
  retryableFaults: [],
};

const anEnvelope = (content: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body>${content}</s:Body></s:Envelope>`;

const readOf = async (
  body: string,
  { status = 200, ...operation }: Partial<OperationConfig> & { status?: number } = {},
): Promise<Exchange | undefined> =>
  (
    await recordedCall({
      answer: answered(status, { body, contentType: 'text/xml' }),
      operation: { soap: SOAP, ...operation },
    })
  ).exchange;

describe('a call by SOAP', () => {
  it('puts the payload into an envelope of version 1.1', async () => {
    const { method, headers, body } = await wireOf(
      { ref: 'A&B', line: [{ sku: 'x' }, { sku: 'y' }] },
      { soap: SOAP },
    );

    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '"urn:erp:CreateOrder"',
      'idempotency-key': 'key-1',
    });
    expect(body).toBe(
      '<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">' +
        '<soap:Body><CreateOrder xmlns="urn:erp"><ref>A&amp;B</ref><line><sku>x</sku></line><line><sku>y</sku></line>' +
        '</CreateOrder></soap:Body></soap:Envelope>',
    );
  });

  it('puts it into an envelope of version 1.2, with its action in the content type', async () => {
    const { headers, body } = await wireOf({ id: 7 }, { soap: { ...SOAP, version: '1.2' } });

    expect(headers['content-type']).toBe('application/soap+xml; charset=utf-8; action="urn:erp:CreateOrder"');
    expect(headers).not.toHaveProperty('soapaction');
    expect(body).toContain('<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope">');
  });

  it('has only its own element in the namespace where that has a prefix', async () => {
    const { body } = await wireOf({ id: 7 }, { soap: { ...SOAP, element: 'e:CreateOrder' } });

    expect(body).toContain('<e:CreateOrder xmlns:e="urn:erp"><id>7</id></e:CreateOrder>');
  });

  it('is written from what the mapping makes of the payload, attributes included', async () => {
    const { body } = await wireOf(
      { id: 7, text: 'x "y"\n' },
      { soap: SOAP, body: '{ "Order": { "@id": id, "@note": text, "#text": "t" }, "Gone": null }' },
    );

    expect(body).toContain(
      '<CreateOrder xmlns="urn:erp"><Order id="7" note="x &quot;y&quot;&#10;">t</Order></CreateOrder>',
    );
  });

  it.each<[unknown, string]>([
    [{ 'a b': 1 }, 'body.a b: expected the name of an element'],
    [{ 'a><evil/>': 1 }, 'body.a><evil/>: expected the name of an element'],
    [{ a: { '@b="1" c': 1 } }, 'body.a.@b="1" c: expected the name of an attribute'],
    [{ a: { '@b': {} } }, 'body.a.@b: expected a text, a number or a flag, as attributes have'],
    [{ a: [['the-secret']] }, 'body.a: expected an object, a text, a number or a flag'],
    [{ a: 'the-secret\u0000' }, 'body.a: it has characters that XML cannot hold'],
    [{ a: 'the-secret\ud800' }, 'body.a: it has characters that XML cannot hold'],
  ])('is not made of %j', async (payload, fault) => {
    const { wires, faults } = await recordedCall({ payload, operation: { soap: SOAP } });

    expect(faults).toEqual([fault]);
    expect(wires).toEqual([]);
  });
});

describe('the answer to a call by SOAP', () => {
  it('is the element in the body, as JSON', async () => {
    const xml = anEnvelope('<m:CreateOrderResponse xmlns:m="urn:erp"><id>7</id></m:CreateOrderResponse>');

    expect(await readOf(xml)).toMatchObject({
      kind: 'answered',
      status: 200,
      contentType: 'application/json',
      body: '{"id":"7"}',
    });
  });

  it('is what the mapping makes of that element', async () => {
    const xml = anEnvelope('<r><id>7</id><line>a</line></r>');

    expect(await readOf(xml, { result: '{ "id": $number(id), "lines": [line] }' })).toMatchObject({
      body: '{"id":7,"lines":["a"]}',
    });
  });

  it.each([
    ['without a body, as one-way operations have it', '', 202],
    ['with an empty envelope', anEnvelope(''), 200],
  ])('is null %s', async (_how, xml, status) => {
    expect(await readOf(xml, { status })).toMatchObject({ kind: 'answered', status, body: 'null' });
  });

  it.each([
    ['a page of a proxy', '<html><body>Welcome</body></html>'],
    ['cut off', anEnvelope('<r><id>7</id></r>').slice(0, -5)],
    ['JSON', '{"ok":true}'],
    ['one with a document type', `<!DOCTYPE x>${anEnvelope('<r/>')}`],
  ])('cannot be read where it is a success that is %s', async (_what, body) => {
    expect(await readOf(body)).toEqual({
      kind: 'unreadable',
      status: 200,
      retryAfter: undefined,
      reason: 'an answer that is no SOAP envelope',
    });
  });

  it('cannot be read where it is nested too deeply for a result', async () => {
    const deep = anEnvelope('<a>'.repeat(3_000) + '</a>'.repeat(3_000));

    expect(await readOf(deep)).toMatchObject({ kind: 'unreadable', status: 200 });
  });

  it('stays as it came where its status tells enough', async () => {
    const page = '<html>down</html>';

    expect(await readOf(page, { status: 502 })).toMatchObject({ kind: 'answered', status: 502, body: page });
  });

  it.each([200, 400, 500])('is a fault of 1.1, also with status %d', async (status) => {
    const fault =
      '<s:Fault><faultcode>s:Client.Auth</faultcode><faultstring>no such order</faultstring></s:Fault>';

    expect(await readOf(anEnvelope(fault), { status })).toEqual({
      kind: 'fault',
      status,
      retryAfter: undefined,
      codes: ['Client.Auth'],
      text: 'no such order',
    });
  });

  it('is a fault of 1.2 with its codes, the general one first', async () => {
    const inner = '<s:Subcode><s:Value>e:Busy</s:Value></s:Subcode>';
    const middle = `<s:Subcode><s:Value>e:Locked</s:Value>${inner}</s:Subcode>`;
    const fault = `<s:Fault><s:Code><s:Value>s:Receiver</s:Value>${middle}</s:Code><s:Reason><s:Text xml:lang="en">locked</s:Text></s:Reason></s:Fault>`;

    expect(await readOf(anEnvelope(fault), { status: 500 })).toMatchObject({
      kind: 'fault',
      codes: ['Receiver', 'Locked', 'Busy'],
      text: 'locked',
    });
  });

  it('is a fault without codes where it names none', async () => {
    expect(await readOf(anEnvelope('<Fault/>'), { status: 500 })).toMatchObject({ kind: 'fault', codes: [] });
  });

  it('never tells more of a code than a name', async () => {
    const fault = `<Fault><faultcode>s:${'x "the secret"\n'.repeat(40)}</faultcode></Fault>`;

    const exchange = await readOf(anEnvelope(fault), { status: 500 });

    expect(exchange).toMatchObject({ codes: [expect.stringMatching(/^[\w.?-]{200}$/) as string] });
  });
});

describe('an operation that the worker was not built for', () => {
  it.each<[string, Partial<OperationConfig>]>([
    ['SOAP', { soap: anOperation({ soap: SOAP }).soap ?? SOAP }],
    ['a mapping', { body: 'id' }],
    ['an adapter', { adapter: 'acme' }],
    ['an adapter by the name of what every object inherits', { adapter: 'constructor' }],
  ])('is refused for %s before anything is sent', async (_what, operation) => {
    const parts = { mapper: undefined, soap: undefined } as unknown as object;

    const { wires, faults } = await recordedCall({ operation, parts });

    expect(faults).toEqual(['payload: the request cannot be written (Error)']);
    expect(wires).toEqual([]);
  });
});
