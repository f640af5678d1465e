import { readFolders } from '../../mutation/bin/folders.js';

describe('the folders of core to break', () => {
  it('are those that are named', () => {
    expect(readFolders(['ledger', 'core'])).toEqual(['ledger', 'core']);
  });

  it('are all where none is named', () => {
    expect(readFolders([])).toEqual(expect.arrayContaining(['config', 'worker', 'core']));
  });

  it('are named where another one is asked for', () => {
    const written: string[] = [];

    expect(() => readFolders(['ledger', 'nosuch'], (text) => written.push(text))).toThrow('nosuch');

    expect(written.join('')).toMatch(/'nosuch' is invalid .* config, .* worker, core\.\n\(add --help/);
  });
});
