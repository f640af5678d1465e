import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { setTimeout as sleep } from 'node:timers/promises';
import { CommandLine, type Ended } from '../support/command-line.js';

describe('npm run local', () => {
  let commandLine: CommandLine;
  let endpoint = '';
  let variables: Record<string, string> = {};
  let parameters: { readonly stateMachineArn: string; readonly input: string };
  let status: string | undefined;
  let page = '';
  let pageUrl = '';
  let ended: Ended;

  beforeAll(async () => {
    commandLine = new CommandLine('local', ['--port', '0']);
    endpoint = (await commandLine.said(/^AWS endpoint +(\S+)/m))[1] ?? '';
    const [, exports = ''] = await commandLine.said(/^ +export (.+)$/m);
    variables = Object.fromEntries(exports.split(' ').map((pair) => pair.split('=') as [string, string]));
    const [, stateMachineArn = '', input = ''] = await commandLine.said(
      /^ +aws stepfunctions start-execution --state-machine-arn (\S+) --input '(.+)'$/m,
    );
    parameters = { stateMachineArn, input };
    [, pageUrl = ''] = await commandLine.said(/^Live page +(\S+)/m);
    page = await (await fetch(pageUrl)).text();
    status = await statusAfterRunning();
    commandLine.interrupt();
    ended = await commandLine.ended;
  }, 40_000);

  afterAll(() => commandLine.kill());

  /** Does with the SDK what the printed command does. */
  async function statusAfterRunning(): Promise<string | undefined> {
    const sfn = new SFNClient({
      endpoint: variables['AWS_ENDPOINT_URL'] ?? '',
      region: variables['AWS_DEFAULT_REGION'] ?? '',
      credentials: {
        accessKeyId: variables['AWS_ACCESS_KEY_ID'] ?? '',
        secretAccessKey: variables['AWS_SECRET_ACCESS_KEY'] ?? '',
      },
    });
    const { executionArn } = await sfn.send(new StartExecutionCommand(parameters));
    let description = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    while (description.status === 'RUNNING') {
      await sleep(50);
      description = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    }
    sfn.destroy();
    return description.status;
  }

  it('prints its endpoint, its state machine and a command that starts an execution', () => {
    expect(variables['AWS_ENDPOINT_URL']).toBe(endpoint);
    expect(parameters.stateMachineArn).toMatch(/^arn:aws:states:us-east-1:000000000000:stateMachine:\w+$/);
    expect(status).toBe('SUCCEEDED');
  });

  it('prints where its live page is, and serves it', () => {
    expect(page).toContain('<title>Rate-limited orchestrator</title>');
  });

  it('stops on Ctrl-C with exit code 0 and no complaint', () => {
    expect(ended.code).toBe(0);
    expect(ended.errors).not.toMatch(/^ +at |error/im);
  });

  it('leaves neither its ports nor a process behind', async () => {
    await expect(fetch(pageUrl)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await expect(fetch(endpoint)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    expect(commandLine.leftRunning()).toEqual([]);
  });
});
