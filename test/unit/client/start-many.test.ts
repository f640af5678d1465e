import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import type { StartProgress } from '../../../client/start-many.js';
import { anAwsError } from '../../support/an-aws-error.js';
import { aClient, executionArn } from './a-client.js';

const sfn = mockClient(SFNClient);
const client = aClient({ startsPerSecondMax: 10_000 });

const pings = (count: number) =>
  Array.from(
    { length: count },
    (_, index) => ({ operation: 'ping', executionName: `ping-${index}` }) as const,
  );

const requests = () => sfn.commandCalls(StartExecutionCommand).length;

beforeEach(() => {
  sfn.reset();
  sfn.on(StartExecutionCommand).resolves({});
});

describe('startMany', () => {
  it('tells of each call, in their order', async () => {
    const refused = anAwsError('ExecutionLimitExceeded');
    sfn.on(StartExecutionCommand, { name: 'ping-1' }, false).rejects(refused);

    const started = (name: string) => ({
      kind: 'started',
      call: { operation: 'ping', executionArn: executionArn(name), alreadyEnded: false },
    });
    expect(await client.startMany(pings(3))).toEqual([
      started('ping-0'),
      { kind: 'failed', error: refused },
      started('ping-2'),
    ]);
  });

  it('tells its progress after each call', async () => {
    sfn.on(StartExecutionCommand, { name: 'ping-1' }, false).rejects(anAwsError('InvalidName'));
    const told: StartProgress[] = [];

    await client.startMany(pings(3), { onProgress: (progress) => told.push(progress) });

    expect(told).toHaveLength(3);
    expect(told.at(-1)).toEqual({ started: 2, failed: 1 });
  });

  it('reads a long source no faster than the calls start', async () => {
    let read = 0;
    let aheadMax = 0;
    async function* source() {
      for (const call of pings(1_000)) {
        read += 1;
        aheadMax = Math.max(aheadMax, read - requests());
        yield await Promise.resolve(call);
      }
    }

    expect(await client.startMany(source())).toHaveLength(1_000);
    expect(aheadMax).toBeLessThanOrEqual(201);
  });

  it('has few requests on their way at once', async () => {
    let open = 0;
    let openMax = 0;
    sfn.on(StartExecutionCommand).callsFake(async () => {
      open += 1;
      openMax = Math.max(openMax, open);
      await new Promise((resolve) => setImmediate(resolve));
      open -= 1;
    });

    await client.startMany(pings(300));

    expect(openMax).toBe(50);
  });

  it('starts nothing more once its signal is aborted', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));

    await expect(client.startMany(pings(500), { signal: controller.signal, onProgress })).rejects.toThrow(
      'enough',
    );
    expect(requests()).toBeLessThan(300);
  });

  it('lets what is on its way end before it throws what the source throws', async () => {
    function* source() {
      yield* pings(20);
      throw new Error('the file ends here');
    }
    let progress: StartProgress = { started: 0, failed: 0 };

    const all = client.startMany(source(), { onProgress: (now) => (progress = now) });

    await expect(all).rejects.toThrow('the file ends here');
    expect(progress).toEqual({ started: 20, failed: 0 });
  });
});
