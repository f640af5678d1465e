import { aDistributedMap, failing, Objects, waiting } from './support/distributed-maps.js';
import { aMachine } from './support/machines.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

interface Run {
  readonly mapRunArn: string;
  readonly status: string;
  readonly redriveCount: number;
  readonly itemCounts: Readonly<Record<string, number>>;
}

async function runsOf(service: TestService, executionArn: string): Promise<readonly Run[]> {
  const { mapRuns } = await service.call<{ mapRuns: readonly { readonly mapRunArn: string }[] }>(
    'ListMapRuns',
    { executionArn },
  );
  return Promise.all(mapRuns.map(({ mapRunArn }) => service.call<Run>('DescribeMapRun', { mapRunArn })));
}

async function itemsOf(service: TestService, mapRunArn: string) {
  const { executions } = await service.call<{
    executions: readonly { readonly executionArn: string; readonly status: string }[];
  }>('ListExecutions', { mapRunArn });
  return [...executions].reverse();
}

describe('the redrive of a Distributed Map', () => {
  async function spoilt() {
    const service = new TestService();
    const arn = await service.start(aDistributedMap(waiting, { MaxConcurrency: 2 }), ['a', 'b', 'c', 'd']);
    await service.succeed(service.token(0), 'first');
    await service.fail(service.token(1), 'Spoilt');
    return { service, arn };
  }

  it('runs what failed, was cut off or had not begun, in the same run, and keeps what had succeeded', async () => {
    const { service, arn } = await spoilt();
    const [failed] = await runsOf(service, arn);
    const items = await itemsOf(service, failed?.mapRunArn ?? '');
    expect(items.map(({ status }) => status)).toEqual(['SUCCEEDED', 'FAILED', 'ABORTED']);

    await service.redrive(arn);

    const [running, ...others] = await runsOf(service, arn);
    expect(others).toEqual([]);
    expect(running).toMatchObject({
      mapRunArn: failed?.mapRunArn,
      ...{ status: 'RUNNING', redriveCount: 1 },
      itemCounts: { total: 4, succeeded: 1, running: 2, pending: 1, failed: 0, aborted: 0 },
    });
    expect(service.sent).toHaveLength(5);
    for (const [position, output] of [
      [3, 'second'],
      [4, 'third'],
      [5, 'fourth'],
    ] as const)
      await service.succeed(service.token(position), output);
    expect(JSON.parse((await service.describe(arn)).output ?? '')).toEqual([
      'first',
      'second',
      'third',
      'fourth',
    ]);
    expect(
      (await itemsOf(service, failed?.mapRunArn ?? '')).slice(0, 3).map((item) => item.executionArn),
    ).toEqual(items.map((item) => item.executionArn));
  });

  it('tells in the history that the run was redriven', async () => {
    const { service, arn } = await spoilt();
    const [run] = await runsOf(service, arn);

    await service.redrive(arn);

    expect((await service.history(arn)).slice(-2)).toMatchObject([
      { type: 'ExecutionRedriven' },
      { type: 'MapRunRedriven', mapRunRedrivenEventDetails: { mapRunArn: run?.mapRunArn, redriveCount: 1 } },
    ]);
  });

  it('lets as many wait as may not run at once', async () => {
    const service = new TestService();
    const arn = await service.start(aDistributedMap(waiting, { MaxConcurrency: 3 }), [1, 2, 3]);
    await service.call('StopExecution', { executionArn: arn });
    await settled();
    const [{ mapRunArn } = { mapRunArn: '' }] = await runsOf(service, arn);

    await service.redrive(arn);
    await service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 1 });
    await service.call('StopExecution', { executionArn: arn });
    await settled();
    await service.redrive(arn);

    expect((await runsOf(service, arn))[0]?.itemCounts).toMatchObject({
      running: 1,
      pendingRedrive: 2,
      aborted: 0,
    });
  });

  it('is the only way to redrive the execution of an item', async () => {
    const { service, arn } = await spoilt();
    const [{ mapRunArn } = { mapRunArn: '' }] = await runsOf(service, arn);
    const items = await itemsOf(service, mapRunArn);
    const executionArn = items[1]?.executionArn ?? '';

    expect(await service.describe(executionArn)).toMatchObject({ redriveStatus: 'REDRIVABLE_BY_MAP_RUN' });
    expect(await service.refusal('RedriveExecution', { executionArn })).toBe('ExecutionNotRedrivable');
  });

  it('fails again where a Fail state ends too many items', async () => {
    const service = new TestService();
    const arn = await service.start(aDistributedMap(failing), ['good', 'bad']);

    await service.redrive(arn);

    expect(await service.describe(arn)).toMatchObject({
      ...{ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold', redriveCount: 1 },
    });
  });

  it('reads no file again, and writes every result', async () => {
    const objects = new Objects();
    objects.texts.set('bucket/in.jsonl', '"a"\n"b"\n');
    const service = new TestService({ objects });
    const machine = aDistributedMap(waiting, {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSONL' },
        Arguments: { Bucket: 'bucket', Key: 'in.jsonl' },
      },
      ResultWriter: {
        Resource: 'arn:aws:states:::s3:putObject',
        WriterConfig: { OutputType: 'JSONL', Transformation: 'NONE' },
        Arguments: { Bucket: 'bucket', Prefix: 'out' },
      },
    });
    const arn = await service.start(machine);
    await service.succeed(service.token(0), 1);
    await service.fail(service.token(1), 'Spoilt');
    objects.texts.delete('bucket/in.jsonl');

    await service.redrive(arn);
    await service.succeed(service.token(2), 2);

    expect((await service.describe(arn)).status).toBe('SUCCEEDED');
    const [, written = ''] = [...objects.texts].find(([key]) => key.endsWith('SUCCEEDED_0.jsonl')) ?? [];
    const outputs = written
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { Output: string }).Output);
    expect(outputs).toEqual(['1', '2']);
  });

  it('starts the run that could not start, from the file as it is then', async () => {
    const objects = new Objects();
    const service = new TestService({ objects });
    const machine = aDistributedMap(aMachine({ Echo: { Type: 'Pass', End: true } }), {
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSONL' },
        Arguments: { Bucket: 'bucket', Key: 'in.jsonl' },
      },
    });
    const arn = await service.start(machine);
    expect((await service.describe(arn)).error).toBe('States.ItemReaderFailed');
    objects.texts.set('bucket/in.jsonl', '7\n');

    await service.redrive(arn);

    expect(await service.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: '[7]' });
    expect(await runsOf(service, arn)).toHaveLength(1);
  });
});

describe('UpdateMapRun', () => {
  async function aRun(more: object, items: readonly unknown[]) {
    const service = new TestService();
    const arn = await service.start(aDistributedMap(waiting, { ...more }), items);
    const [{ mapRunArn } = { mapRunArn: '' }] = await runsOf(service, arn);
    return { service, arn, mapRunArn };
  }

  it('lets more run at once, at once', async () => {
    const { service, mapRunArn } = await aRun({ MaxConcurrency: 1 }, [1, 2, 3]);

    await service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 2 });
    await settled();

    expect(service.sent).toHaveLength(2);
    expect(await service.call('DescribeMapRun', { mapRunArn })).toMatchObject({ maxConcurrency: 2 });
  });

  it('lets fewer run at once as they end', async () => {
    const { service, mapRunArn } = await aRun({ MaxConcurrency: 2 }, [1, 2, 3]);

    await service.call('UpdateMapRun', { mapRunArn, maxConcurrency: 1 });
    await service.succeed(service.token(0));
    expect(service.sent).toHaveLength(2);
    await service.succeed(service.token(1));

    expect(service.sent).toHaveLength(3);
  });

  it('changes how many failures a run bears', async () => {
    const { service, arn, mapRunArn } = await aRun({ MaxConcurrency: 1 }, [1, 2]);

    await service.call('UpdateMapRun', { mapRunArn, toleratedFailureCount: 1 });
    await service.fail(service.token(0), 'Spoilt');
    expect((await service.describe(arn)).status).toBe('RUNNING');
    await service.call('UpdateMapRun', { mapRunArn, toleratedFailureCount: 0 });
    await settled();

    expect((await service.describe(arn)).error).toBe('States.ExceedToleratedFailureThreshold');
  });

  it('refuses a run that has ended, one that does not exist, and what is out of range', async () => {
    const { service, mapRunArn } = await aRun({}, [1]);
    const code = (more: object) => service.refusal('UpdateMapRun', { mapRunArn, ...more });

    expect(await code({ toleratedFailurePercentage: 101 })).toBe('ValidationException');
    expect(await code({ maxConcurrency: -1 })).toBe('ValidationException');
    expect(await code({ mapRunArn: `${mapRunArn}0` })).toBe('ResourceNotFound');
    await service.succeed(service.token());
    expect(await code({ maxConcurrency: 1 })).toBe('ValidationException');
  });
});
