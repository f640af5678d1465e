import { SeenKeys } from '../../../local/legacy-api/seen-keys.js';

describe('SeenKeys', () => {
  it('forgets the key that was used longest ago when it is full', () => {
    const keys = new SeenKeys(2);
    ['a', 'b', 'a', 'c'].forEach((key) => keys.see(key));

    expect(keys.see('a')).toBe(true);
    expect(keys.see('b')).toBe(false);
  });
});
