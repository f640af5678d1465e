import { CommandLine } from '../support/command-line.js';

describe('npm start when Ctrl-C interrupts it', () => {
  let commandLine: CommandLine;

  afterEach(() => commandLine.kill());

  it.each([
    ['while it starts', /Synthesizing/],
    ['under load', /done: HIGH waiting/],
  ])(
    'stops %s and leaves nothing running',
    async (_when, after) => {
      commandLine = new CommandLine('start', ['--port', '0']);
      await commandLine.said(after);

      commandLine.interrupt();
      const { code, output } = await commandLine.ended;

      expect(code).toBe(130);
      expect(output).not.toContain('OK:');
      expect(commandLine.leftRunning()).toEqual([]);
    },
    30_000,
  );
});
