import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contextOfCdkJson } from '../../infra/configured-orchestrators.js';
import { faultsOf } from '../support/faults-of.js';

describe('the context of cdk.json', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cdk-json-'));

  afterAll(() => rmSync(directory, { recursive: true }));

  function contextOf(text: string) {
    writeFileSync(join(directory, 'cdk.json'), text);
    return contextOfCdkJson(directory);
  }

  it('is what the file says', () => {
    expect(contextOf('{ "context": { "orchestrators": [] } }')).toEqual({ orchestrators: [] });
  });

  it.each(['{}', '{ "context": null }', '{ "context": [] }', 'null'])('is empty in %s', (text) => {
    expect(contextOf(text)).toEqual({});
  });

  it('refuses a file that is not JSON, in one line', () => {
    expect(faultsOf(() => contextOf('{\n  "app": "x"\n  "context": {}\n}'))).toEqual([
      expect.stringMatching(/^it is not JSON: .*position 17.*$/) as string,
    ]);
    expect(() => contextOf('{')).toThrow(/^cdk\.json has 1 fault:/);
  });
});
