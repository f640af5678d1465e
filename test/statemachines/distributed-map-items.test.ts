import { aDistributedMap, echo, Objects } from './support/distributed-maps.js';
import type { StateSource } from './support/machines.js';
import { TestService } from './support/service.js';

const reader = (InputType: string, more: StateSource = {}) => ({
  ItemReader: {
    Resource: 'arn:aws:states:::s3:getObject',
    ReaderConfig: { InputType, ...more },
    Arguments: { Bucket: 'store', Key: '{% $states.input.key %}' },
  },
});

describe('the items of a Distributed Map', () => {
  it.each<readonly [string, string, StateSource]>([
    ['JSON', '[{"id":"1","name":"a, b"},{"id":"2","name":""}]', {}],
    ['JSONL', '{"id":"1","name":"a, b"}\n\n{"id":"2","name":""}\n', {}],
    ['CSV', '\ufeffid,name\r\n1,"a, b"\r\n2,\r\n', { CSVHeaderLocation: 'FIRST_ROW' }],
    [
      'CSV',
      '1;a, b\n2;\n',
      { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['id', 'name'], CSVDelimiter: 'SEMICOLON' },
    ],
  ])('reads the items of a %s file', async (type, text, config) => {
    const objects = new Objects();
    objects.texts.set('store/in/file', text);
    const service = new TestService({ objects });

    const output = await service.outputOf(aDistributedMap(echo, reader(type, config)), { key: 'in/file' });

    expect(output).toEqual([
      { id: '1', name: 'a, b' },
      { id: '2', name: '' },
    ]);
  });

  it.each([
    ['nowhere', 'no such key: nowhere'],
    ['broken', 'the JSON file is not an array'],
  ])('fails by name where it cannot read the items of %s', async (key, cause) => {
    const objects = new Objects();
    objects.texts.set('store/broken', '{}');
    const service = new TestService({ objects });

    expect(await service.run(aDistributedMap(echo, reader('JSON')), { key })).toMatchObject({
      ...{ status: 'FAILED', error: 'States.ItemReaderFailed', cause },
    });
  });
});
