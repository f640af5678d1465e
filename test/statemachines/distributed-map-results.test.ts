import { aDistributedMap, echo, failing, Objects, waiting } from './support/distributed-maps.js';
import { TestService } from './support/service.js';
import { settled } from './support/virtual-timers.js';

const writer = (OutputType: string) => ({
  ResultWriter: {
    Resource: 'arn:aws:states:::s3:putObject',
    WriterConfig: { OutputType, Transformation: 'NONE' },
    Arguments: { Bucket: 'store', Prefix: 'results' },
  },
});

describe('the results of a Distributed Map', () => {
  it.each(['JSON', 'JSONL'])('writes successes and failures apart, as %s, and says where', async (type) => {
    const objects = new Objects();
    const service = new TestService({ objects });
    const map = aDistributedMap(failing, { ...writer(type), ToleratedFailureCount: 1 });

    const output = (await service.outputOf(map, ['good', 'bad'])) as {
      readonly ResultWriterDetails: { readonly Key: string };
    };

    const { Key } = output.ResultWriterDetails;
    const manifest = JSON.parse(objects.texts.get(`store/${Key}`) ?? '') as {
      readonly ResultFiles: Readonly<Record<string, readonly { readonly Key: string }[]>>;
    };
    const records = (kind: string) => {
      const text = objects.texts.get(`store/${manifest.ResultFiles[kind]?.[0]?.Key}`) ?? '';
      return JSON.parse(type === 'JSON' ? text : `[${text.trim().replaceAll('\n', ',')}]`) as unknown;
    };
    expect(Key).toMatch(/^results\/[0-9a-f-]{36}\/manifest\.json$/);
    expect(manifest.ResultFiles['PENDING']).toEqual([]);
    expect(records('SUCCEEDED')).toMatchObject([{ Input: '"good"', Output: '"good"', Status: 'SUCCEEDED' }]);
    expect(records('FAILED')).toMatchObject([
      { Input: '"bad"', Status: 'FAILED', Error: 'Spoilt', Cause: 'bad' },
    ]);
  });

  it('writes the results also of a run that fails, and what it had not finished', async () => {
    const objects = new Objects();
    const service = new TestService({ objects });
    await service.start(aDistributedMap(waiting, writer('JSON')), [1, 2]);

    await service.fail(service.token(0), 'Spoilt');
    await settled();

    const files = [...objects.texts.keys()].map((key) => key.split('/').at(-1));
    expect(files.sort()).toEqual(['FAILED_0.json', 'PENDING_0.json', 'manifest.json']);
  });

  it('fails by name where it cannot write', async () => {
    const objects = Object.assign(new Objects(), { put: () => Promise.reject(new Error('denied')) });
    const service = new TestService({ objects });

    expect(await service.run(aDistributedMap(echo, writer('JSON')), [1])).toMatchObject({
      ...{ error: 'States.ResultWriterFailed', cause: 'denied' },
    });
  });
});
