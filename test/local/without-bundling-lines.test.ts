import { withoutBundlingLines } from '../../local/without-bundling-lines.js';

describe('withoutBundlingLines', () => {
  const written: string[] = [];

  beforeEach(() => {
    written.length = 0;
    process.stderr.write = (chunk) => written.push(String(chunk)) > 0;
  });

  afterEach(() => {
    Reflect.deleteProperty(process.stderr, 'write');
  });

  it('leaves out the lines of bundling alone, and returns what was built', () => {
    const built = withoutBundlingLines(() => {
      process.stderr.write('Bundling asset stack/Function/Code/Stage...\n');
      process.stderr.write('✘ [ERROR] Could not resolve "missing"\n');
      return 7;
    });

    expect([built, written]).toEqual([7, ['✘ [ERROR] Could not resolve "missing"\n']]);
  });

  it('lets everything through once it is over, also by an error', () => {
    const build = () => {
      throw new Error('bundling failed');
    };

    expect(() => withoutBundlingLines(build)).toThrow('bundling failed');
    process.stderr.write('Bundling asset again\n');

    expect(written).toEqual(['Bundling asset again\n']);
  });
});
