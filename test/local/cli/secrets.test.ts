import { writeFile } from 'node:fs/promises';
import { readSecrets, requireSecrets } from '../../../local/cli/secrets.js';
import { aConfig } from '../../support/a-config.js';
import { faultsOf } from '../../support/faults-of.js';
import { type Scratch, scratch } from '../support/scratch.js';

describe('the secrets of a local run', () => {
  let files: Scratch;

  beforeAll(async () => {
    files = await scratch();
  });

  afterAll(() => files.remove());

  async function read(text: string) {
    await writeFile(files.file('secrets.json'), text);
    return readSecrets(files.file('secrets.json'));
  }

  it('are texts, or JSON that is kept as text', async () => {
    expect([...(await read('{"a":"plain","b":{"apiKey":"x"}}'))]).toEqual([
      ['a', 'plain'],
      ['b', '{"apiKey":"x"}'],
    ]);
  });

  it.each([
    ['no JSON: hush', /secrets.json: it is not JSON$/],
    ['["hush"]', /secrets.json: expected an object of secrets by their names$/],
  ])('are refused as %j, without a word of what is in it', async (text, message) => {
    const refusal = read(text).catch((error: unknown) => String(error));

    expect(await refusal).toMatch(message);
    expect(await refusal).not.toContain('hush');
  });

  it('are refused where there is no such file', async () => {
    await expect(readSecrets(files.file('elsewhere'))).rejects.toThrow('it cannot be read');
  });

  it('are missed by name before a load, which would wait for them', () => {
    const config = aConfig({
      credentials: { kind: 'basic', secret: 'erp/login' },
      clientCertificate: { secret: 'erp/tls' },
    });

    expect(faultsOf(() => requireSecrets(config, new Map([['erp/tls', 'x']])))).toEqual([
      'erp/login: missing, but credentials names it; add it to the file of --secrets',
    ]);
    expect(faultsOf(() => requireSecrets(aConfig(), new Map()))).toEqual([]);
  });
});
