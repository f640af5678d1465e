import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readOutputs } from '../../../cli/outputs.js';

describe('readOutputs', () => {
  let directory = '';
  let file = '';

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'outputs-'));
    file = join(directory, 'outputs.json');
    const stack = {
      LegacyApiParkedUrl: 'https://q/1',
      MailProviderParkedUrl: 'https://q/2',
      ErpTableName: 't',
    };
    await writeFile(file, JSON.stringify({ stack }));
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('finds the outputs of the orchestrator that was named', async () => {
    expect(await readOutputs(file, 'mail-provider', ['ParkedUrl'])).toEqual({ ParkedUrl: 'https://q/2' });
  });

  it('needs no name where only one orchestrator has the output', async () => {
    expect(await readOutputs(file, undefined, ['TableName'])).toEqual({ TableName: 't' });
  });

  it.each([
    ['an output that several have, without a name', undefined, 'ParkedUrl', 'say which with --api'],
    ['an output that nobody has', 'legacy-api', 'TableName', 'no output TableName of legacy-api'],
  ])('refuses %s', async (_what, api, name, fault) => {
    await expect(readOutputs(file, api, [name])).rejects.toThrow(fault);
  });

  it('refuses a file that is not there, and says how to write it', async () => {
    await expect(readOutputs(`${file}.missing`, undefined, ['TableName'])).rejects.toThrow(
      'cdk deploy --outputs-file',
    );
  });
});
