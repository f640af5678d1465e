import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeAdapter } from '../../../cli/commands/new-adapter.js';
import { adapter as example } from '../../../lambdas/adapters/custom/example.js';

let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'checkout-'));
});

afterEach(() => rm(checkout, { recursive: true }));

describe('rlo new-adapter', () => {
  it('writes the example under the new name, with its tests, and says what comes next', async () => {
    const said = await writeAdapter(checkout, 'our-erp');

    const module = await readFile(join(checkout, 'lambdas/adapters/custom/our-erp.ts'), 'utf8');
    const test = await readFile(join(checkout, 'test/unit/adapters/custom/our-erp.test.ts'), 'utf8');
    expect(module).toContain('export const adapter: LegacyAdapter');
    expect(test).toContain("const NAME = 'our-erp'");
    expect(test).toContain("lambdas/adapters/custom/our-erp.js'");
    expect(module + test).not.toContain('example');
    expect(said.text).toContain('"adapter": "our-erp"');
    expect(said.json).toEqual({
      adapter: 'our-erp',
      written: ['lambdas/adapters/custom/our-erp.ts', 'test/unit/adapters/custom/our-erp.test.ts'],
    });
    expect(Object.keys(example)).toEqual(['toWire', 'fromWire']);
  });

  it('replaces nothing', async () => {
    await writeAdapter(checkout, 'our-erp');

    await expect(writeAdapter(checkout, 'our-erp')).rejects.toThrow(
      /our-erp.ts is there already; choose another/,
    );
  });

  it.each(['', 'Erp', '../erp', '1erp', 'a'.repeat(64)])('refuses the name %j', async (name) => {
    await expect(writeAdapter(checkout, name)).rejects.toThrow(/^name: expected a-z, 0-9 and -/);
  });
});
