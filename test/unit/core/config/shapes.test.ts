import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import { aConfigInput } from '../../../support/a-config.js';
import { faultsOf } from '../../../support/faults-of.js';

interface Setting {
  /** Of the value, in the configuration. */
  readonly path: string;
  readonly with: (value: never) => unknown;
  readonly allowed: string;
  readonly takes: readonly unknown[];
  readonly refuses: readonly unknown[];
}

const SECRET = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:erp/api-AbCdEf';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/mrk-1_a';
const SUBNETS = ['subnet-0123abcd'];
const GROUPS = ['sg-0123456789abcdef0'];
const OAUTH2 = { kind: 'oauth2', secret: 'a', tokenUrl: 'https://login.example.com/token' };
const SOAP = { namespace: 'urn:erp', element: 'Call' };

/** At both ends, where a pattern might forget to look. */
const spoilt = (value: string, by = ' ') => [`${by}${value}`, `${value}${by}`];

const operation = (more: object) => ({
  operations: { getOrder: { effect: 'idempotent', timeoutMs: 3_000, ...more } },
});

const SETTINGS: readonly Setting[] = [
  {
    path: 'credentials.kind',
    with: (kind) => ({ credentials: { kind, secret: 'a', ...(kind === 'apiKey' ? { header: 'b' } : {}) } }),
    allowed: 'one of basic, bearer, apiKey, oauth2',
    takes: ['basic', 'bearer', 'apiKey'],
    refuses: ['', 'digest'],
  },
  {
    path: 'credentials.secret',
    with: (secret) => ({ credentials: { kind: 'basic', secret } }),
    allowed: 'the name of a secret, or its whole ARN with the six characters at its end',
    takes: ['a', 'aZ09_/+=.@-', 'x'.repeat(256), SECRET, SECRET.replace('aws', 'aws-us-gov')],
    refuses: [
      ...['', 'two words', 'x'.repeat(257), 'erp!', 'a:b', `x${SECRET}`, ...spoilt(SECRET)],
      ...[SECRET.replace('-AbCdEf', ''), SECRET.replace('AbCdEf', 'AbCdE'), SECRET.replace('erp/api', 'a b')],
      ...[SECRET.replace('12:', '1:'), SECRET.replace('eu-', 'EU '), SECRET.replace('aws', 'aws!')],
    ],
  },
  {
    path: 'credentials.kmsKeyArn',
    with: (kmsKeyArn) => ({ credentials: { kind: 'bearer', secret: 'a', kmsKeyArn } }),
    allowed: 'the ARN of a KMS key',
    takes: [KEY, KEY.replace('aws', 'aws-cn')],
    refuses: [
      ...['alias/erp', ...spoilt(KEY), KEY.replace('mrk-1_a', ''), KEY.replace('12:', '1:')],
      ...[KEY.replace('eu-', 'EU '), KEY.replace('aws', 'aws!'), KEY.replace('mrk', 'm k')],
    ],
  },
  {
    path: 'credentials.header',
    with: (header) => ({ credentials: { kind: 'apiKey', secret: 'a', header } }),
    allowed: 'the name of a header',
    takes: ['X-Api-Key9', 'x'.repeat(100)],
    refuses: ['', 'a b', 'x'.repeat(101), ...spoilt('a')],
  },
  {
    path: 'credentials.scope',
    with: (scope) => ({ credentials: { ...OAUTH2, scope } }),
    allowed: 'scopes, separated by spaces',
    takes: ['read write', '!#[]~', 'x'.repeat(500)],
    refuses: ['', 'x'.repeat(501), 'say "hi"', 'a\\b', ...spoilt('read', 'é')],
  },
  {
    path: 'credentials.audience',
    with: (audience) => ({ credentials: { ...OAUTH2, audience } }),
    allowed: 'an audience without spaces',
    takes: ['https://erp.example.com/', '!~', 'x'.repeat(500)],
    refuses: ['', 'x'.repeat(501), 'a b', ...spoilt('a')],
  },
  {
    path: 'credentials.clientAuthentication',
    with: (clientAuthentication) => ({ credentials: { ...OAUTH2, clientAuthentication } }),
    allowed: 'one of header, body',
    takes: ['header', 'body'],
    refuses: ['', 'query'],
  },
  {
    path: 'clientCertificate.secret',
    with: (secret) => ({ clientCertificate: { secret } }),
    allowed: 'the name of a secret, or its whole ARN with the six characters at its end',
    takes: ['erp/certificate'],
    refuses: [''],
  },
  {
    path: 'network.subnetIds[0]',
    with: (id) => ({ network: { subnetIds: [id], securityGroupIds: GROUPS } }),
    allowed: 'the ID of a subnet, such as subnet-0123abcd',
    takes: ['subnet-0123abcd', 'subnet-0123456789abcdef0'],
    refuses: ['sg-0123abcd', 'subnet-0123abc', 'subnet-0123456789abcdef01', ...spoilt('subnet-0123abcd')],
  },
  {
    path: 'network.subnetIds',
    with: (subnetIds) => ({ network: { subnetIds, securityGroupIds: GROUPS } }),
    allowed: 'at least one subnet',
    takes: [SUBNETS],
    refuses: [[]],
  },
  {
    path: 'network.securityGroupIds[0]',
    with: (id) => ({ network: { subnetIds: SUBNETS, securityGroupIds: [id] } }),
    allowed: 'the ID of a security group, such as sg-0123abcd',
    takes: ['sg-0123abcd'],
    refuses: ['subnet-0123abcd'],
  },
  {
    path: 'network.securityGroupIds',
    with: (securityGroupIds) => ({ network: { subnetIds: SUBNETS, securityGroupIds } }),
    allowed: 'at least one security group',
    takes: [GROUPS],
    refuses: [[]],
  },
  {
    path: 'intake.jwt.issuer',
    with: (issuer) => ({ intake: { jwt: { issuer, audience: ['erp'] } } }),
    allowed: 'an https:// address',
    takes: ['https://login.example.com/', `https://${'x'.repeat(200)}`],
    refuses: ['http://login.example.com', 'https://', `https://${'x'.repeat(201)}`, ...spoilt('https://a')],
  },
  {
    path: 'intake.jwt.audience[0]',
    with: (audience) => ({ intake: { jwt: { issuer: 'https://a', audience: [audience] } } }),
    allowed: 'a text that is not empty',
    takes: ['a', 'the shop'],
    refuses: [''],
  },
  {
    path: 'intake.jwt.audience',
    with: (audience) => ({ intake: { jwt: { issuer: 'https://a', audience } } }),
    allowed: 'at least one audience',
    takes: [['a', 'b']],
    refuses: [[]],
  },
  {
    path: 'events.busName',
    with: (busName) => ({ events: { busName } }),
    allowed: 'the name of an event bus',
    takes: ['default', 'aws.partner/x_Y-9', 'x'.repeat(256)],
    refuses: ['', 'a b', 'x'.repeat(257), ...spoilt('a')],
  },
  {
    path: 'batchLoad.bucketName',
    with: (bucketName) => ({ batchLoad: { bucketName } }),
    allowed: 'the name of an S3 bucket',
    takes: ['a.9', 'a1-b', `a${'-'.repeat(61)}z`],
    refuses: ['ab', 'A-b', '-ab', 'ab-', 'a_b', `a${'-'.repeat(62)}z`, ...spoilt('abc')],
  },
  {
    path: 'priorities.BATCH.tenantAllowance.overflowShareRatio',
    with: (overflowShareRatio) => ({
      priorities: { BATCH: { tenantAllowance: { calls: 5, windowSeconds: 60, overflowShareRatio } } },
    }),
    allowed: 'a ratio above 0 and up to 0.5',
    takes: [0.001, 0.5],
    refuses: [0, 0.501, -1],
  },
  {
    path: 'maintenance[0].from',
    with: (from) => ({ maintenance: [{ from, to: '12:34' }] }),
    allowed: 'a time of the day from 00:00 to 23:59',
    takes: ['00:00', '19:59', '23:00'],
    refuses: ['24:00', '12:60', '9:30', ...spoilt('12:00'), ...spoilt('12:00', '0')],
  },
  {
    path: 'maintenance[0].timeZone',
    with: (timeZone) => ({ maintenance: [{ from: '12:00', to: '12:34', timeZone }] }),
    allowed: 'UTC, or a time zone such as Europe/Zurich',
    takes: ['UTC', 'Asia/Kathmandu'],
    refuses: ['', '+02:00', ' UTC', 'Europe/Atlantis'],
  },
  {
    path: 'operations.getOrder.format',
    with: (format) => operation({ format }),
    allowed: 'one of json, form',
    takes: ['json', 'form'],
    refuses: ['xml'],
  },
  {
    path: 'operations.getOrder.result',
    with: (result) => operation({ result }),
    allowed: 'a JSONata expression of up to 20000 characters',
    takes: ['x'.repeat(20_000)],
    refuses: ['x'.repeat(20_001)],
  },
  {
    path: 'operations.getOrder.adapter',
    with: (adapter) => operation({ adapter }),
    allowed: 'the name of a file in lambdas/adapters/custom, without .ts',
    takes: ['a', 'acme-9', 'a'.repeat(63)],
    refuses: ['', 'Acme', '9a', 'a'.repeat(64), ...spoilt('a')],
  },
  {
    path: 'operations.getOrder.soap.version',
    with: (version) => operation({ soap: { ...SOAP, version } }),
    allowed: 'one of 1.1, 1.2',
    takes: ['1.1', '1.2'],
    refuses: ['1.3'],
  },
  {
    path: 'operations.getOrder.soap.action',
    with: (action) => operation({ soap: { ...SOAP, action } }),
    allowed: 'an address without spaces and quotes',
    takes: ['', 'urn:erp#Call', 'x'.repeat(500)],
    refuses: ['a b', 'a"b', 'a\\b', 'x'.repeat(501), ...spoilt('a')],
  },
  {
    path: 'operations.getOrder.soap.namespace',
    with: (namespace) => operation({ soap: { ...SOAP, namespace } }),
    allowed: 'the address of a namespace',
    takes: ['urn:erp', 'x'.repeat(500)],
    refuses: ['', 'a<b', 'a&b', `a'b`, 'x'.repeat(501), ...spoilt('a')],
  },
  {
    path: 'operations.getOrder.soap.element',
    with: (element) => operation({ soap: { ...SOAP, element } }),
    allowed: 'the name of an element, with a prefix where only that element is to be in the namespace',
    takes: ['Call', '_a.b-9', 'e:Call', 'erp_1.x-y:Call'],
    refuses: ['', '9a', '9:a', 'a b', 'a:b:c', 'a!:b', ':a', ...spoilt('a')],
  },
  {
    path: 'operations.getOrder.soap.retryableFaults[0]',
    with: (fault) => operation({ soap: { ...SOAP, retryableFaults: [fault] } }),
    allowed: 'the code of a fault',
    takes: ['Server.Busy', 'x'.repeat(200)],
    refuses: ['', 'a b', 'x'.repeat(201), ...spoilt('a')],
  },
];

const faultsWith = (more: unknown) =>
  faultsOf(() => parseConfig({ ...aConfigInput(), ...(more as Partial<OrchestratorConfigInput>) }));

describe.each(SETTINGS)('$path', ({ path, with: withValue, allowed, takes, refuses }) => {
  it.each(takes.map((value) => [value]))('takes %j', (value) => {
    const faults = faultsWith(withValue(value as never));

    // The rules of what must fit together may refuse it for another reason.
    expect(faults.filter((fault) => fault.includes(': expected '))).toEqual([]);
  });

  it.each(refuses.map((value) => [value]))('refuses %j, and says what is allowed', (value) => {
    const [fault] = faultsWith(withValue(value as never));

    expect(fault?.startsWith(`${path}: expected ${allowed} but got `)).toBe(true);
  });
});

describe('the names of what goes into a request', () => {
  it.each(['query', 'headers'])('are texts without spaces: %s', (field) => {
    const named = (name: string) => faultsWith(operation({ method: 'GET', [field]: { [name]: 'a' } }));
    const what = field === 'query' ? 'a name of up to 100 characters without spaces' : 'the name of a header';

    expect(['a', 'x'.repeat(100)].flatMap(named)).toEqual([]);
    for (const name of ['', 'a b', 'x'.repeat(101), ...spoilt('a')])
      expect([name, named(name)[0]]).toEqual([
        name,
        expect.stringMatching(new RegExp(`^operations.getOrder.${field}[.].*: expected ${what} but got `)),
      ]);
  });
});

describe('parts of a configuration that may be left out', () => {
  it.each<[Partial<OrchestratorConfigInput>]>([
    [{ intake: { requestsPerSecond: 200, requestsBurst: 1_000, backlogBudgetSeconds: {} } }],
    [{ events: { busName: 'default', includeResult: false } }],
    [{ resultOffload: { bytesMax: 5_242_880, retentionDays: 30 } }],
    [{ batchLoad: { retentionDays: 30 } }],
  ])('have the defaults %j where they are empty', (defaults) => {
    const [name = ''] = Object.keys(defaults);

    expect(parseConfig({ ...aConfigInput(), [name]: {} })).toMatchObject(defaults);
  });

  it('prove a client in a header where nothing else is said', () => {
    const credentials = { ...OAUTH2, kind: 'oauth2' as const };

    expect(parseConfig({ ...aConfigInput(), credentials }).credentials).toEqual({
      ...{ ...credentials, clientAuthentication: 'header' },
    });
  });

  it.each([{ credentials: { kind: 'apiKey', secret: 'a' } }, { network: {} }, { clientCertificate: {} }])(
    'want all of it where they are not: %j',
    (more) => {
      expect(faultsWith(more)[0]).toMatch(/^\w+[.]\w+: missing; add it$/);
    },
  );
});
