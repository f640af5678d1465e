import { Progress } from '../../simulation/bin/progress.js';

function shownOn(isTTY: boolean): readonly string[] {
  const written: string[] = [];
  let nowMs = 0;
  const output = { isTTY, write: (text: string) => written.push(text) > 0 };
  const progress = new Progress(output, () => nowMs);
  for (let second = 1; second <= 20; second += 1) {
    nowMs = second * 1_000;
    progress.show(() => `${second} of 20`);
  }
  progress.clear();
  return written;
}

describe('the progress of a simulation', () => {
  it('stands in one line of a terminal, each second anew', () => {
    const written = shownOn(true);

    expect(written).toHaveLength(21);
    expect(written.slice(-2)).toEqual(['\r20 of 20 ', '\r\u001b[K']);
  });

  it('is plain lines elsewhere, one in ten seconds', () => {
    expect(shownOn(false)).toEqual(['10 of 20\n', '20 of 20\n']);
  });
});
