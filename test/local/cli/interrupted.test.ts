import { CommandLine } from '../support/command-line.js';

const MOMENTS = [
  ['while it starts', /Synthesizing/],
  ['under load', /done: HIGH waiting/],
] as const;

describe('npm start when Ctrl-C interrupts it', () => {
  const started = MOMENTS.map(([, printed]) => ({
    printed,
    commandLine: new CommandLine('start', ['--port', '0']),
  }));

  beforeAll(async () => {
    await Promise.all(
      started.map(async ({ commandLine, printed }) => {
        await commandLine.said(printed);
        commandLine.interrupt();
        await commandLine.ended;
      }),
    );
  }, 60_000);

  afterAll(() => {
    for (const { commandLine } of started) commandLine.kill();
  });

  it.each(MOMENTS.map(([moment], index) => [moment, index] as const))(
    'stops %s and leaves nothing running',
    async (_moment, index) => {
      const commandLine = started[index]?.commandLine;
      const ended = await commandLine?.ended;

      expect(ended?.code).toBe(130);
      expect(ended?.output).not.toContain('OK:');
      expect(commandLine?.leftRunning()).toEqual([]);
    },
  );
});
