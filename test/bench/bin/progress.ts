const REDRAW_EVERY_MS = 200;
const LINE_EVERY_MS = 10_000;

export interface Progress {
  /** Says what runs now. */
  begin(what: string): void;
  /** How far it is, where that is known. */
  at(done: number, total: number): void;
  end(): void;
}

/** Shows on standard error what runs and for how long: one line that is redrawn on a terminal, plain lines elsewhere. */
export function showProgress(output: NodeJS.WriteStream): Progress {
  let what = '';
  let share = '';
  let beganMs = 0;
  const text = () => `${what}${share}, ${((performance.now() - beganMs) / 1_000).toFixed(0)} s`;
  const say = () => {
    if (what !== '') output.write(output.isTTY ? `\r\u001b[K${text()}` : `${text()}\n`);
  };
  const timer = setInterval(say, output.isTTY ? REDRAW_EVERY_MS : LINE_EVERY_MS);
  return {
    begin: (name) => {
      [what, share, beganMs] = [name, '', performance.now()];
      if (!output.isTTY) output.write(`${what}\n`);
    },
    at: (done, total) => {
      share = `: ${done} of ${total} calls`;
    },
    end: () => {
      clearInterval(timer);
      if (output.isTTY) output.write('\r\u001b[K');
    },
  };
}
