/** How often progress is shown, in real milliseconds. */
const EVERY_MS = { terminal: 1_000, elsewhere: 10_000 };

type Output = Pick<NodeJS.WriteStream, 'write' | 'isTTY'>;

/** How far a run is: in one line of a terminal, and elsewhere as plain lines that come seldom. */
export class Progress {
  readonly #output: Output;
  readonly #nowMs: () => number;
  #shownMs: number;

  constructor(output: Output, nowMs: () => number) {
    this.#output = output;
    this.#nowMs = nowMs;
    this.#shownMs = nowMs();
  }

  show(text: () => string): void {
    const { isTTY } = this.#output;
    if (this.#nowMs() - this.#shownMs < (isTTY ? EVERY_MS.terminal : EVERY_MS.elsewhere)) return;
    this.#shownMs = this.#nowMs();
    this.#output.write(isTTY ? `\r${text()} ` : `${text()}\n`);
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.#output.isTTY) this.#output.write('\r\u001b[K');
  }
}
