import { CommandLine } from '../support/command-line.js';

describe('npm start when whoever reads its output closes the pipe', () => {
  const commandLine = new CommandLine('start', ['--port', '0', '--calls', '20']);

  afterAll(() => commandLine.kill());

  it('ends as after Ctrl-C: quietly, and leaves nothing running', async () => {
    await commandLine.said(/Synthesizing/);
    commandLine.stopReading();

    const { code, errors } = await commandLine.ended;

    expect(code).toBe(130);
    expect(errors).not.toMatch(/EPIPE|^ +at /m);
    expect(commandLine.leftRunning()).toEqual([]);
  }, 60_000);
});
