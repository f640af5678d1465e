import { type AddressInfo, createServer } from 'node:net';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { startGateway } from '../../../local/aws/gateway.js';
import { type Queues, startQueues } from '../support/queues.js';

describe('the gateway', () => {
  let queues: Queues;
  let queueUrl: string;

  beforeAll(async () => {
    queues = await startQueues();
    queueUrl = queues.create('orders');
  });

  afterAll(() => queues.stop());

  async function post(target: string | undefined, body: string) {
    const headers: Record<string, string> = target === undefined ? {} : { 'x-amz-target': target };
    const answer = await fetch(queues.gateway.endpoint, { method: 'POST', headers, body });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  }

  it('hands out queue URLs that lead back to itself', async () => {
    const { sqs, gateway } = queues;

    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'orders' }));
    const { QueueUrls } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'orders' }));
    const created = await sqs.send(new CreateQueueCommand({ QueueName: 'refunds' }));

    expect(QueueUrl).toBe(`${gateway.endpoint}/000000000000/orders`);
    expect(QueueUrls).toEqual([QueueUrl]);
    expect(created.QueueUrl).toBe(gateway.queueUrl('refunds'));
  });

  it('takes queue URLs back, in whatever Region the client signs', async () => {
    const { sqs, received } = queues;
    const body = JSON.stringify({ QueueUrl: 'http://elsewhere/1/other', ReceiptHandle: 'x' });
    const elsewhere = new SQSClient({
      endpoint: queues.gateway.endpoint,
      region: 'eu-north-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });

    await elsewhere.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
    elsewhere.destroy();

    expect(Messages?.map(({ Body }) => Body)).toEqual([body]);
    expect(received).toEqual([['orders', 1]]);
  });

  it('tells who asks for messages, whether there are any or not', async () => {
    const empty = queues.create('asked-in-vain');
    const named = new SQSClient({
      endpoint: queues.gateway.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      userAgentAppId: 'slot-1',
    });

    await named.send(new ReceiveMessageCommand({ QueueUrl: empty }));
    await queues.sqs.send(new ReceiveMessageCommand({ QueueUrl: empty }));
    named.destroy();

    expect(queues.asked.slice(-2)).toEqual([
      ['asked-in-vain', 'slot-1'],
      ['asked-in-vain', undefined],
    ]);
  });

  it('routes DynamoDB and Step Functions by their targets', async () => {
    const dynamo = new DynamoDBClient({
      endpoint: queues.gateway.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });

    const { TableNames } = await dynamo.send(new ListTablesCommand({}));
    dynamo.destroy();
    const states = await post('AWSStepFunctions.ListStateMachines', '');

    expect(TableNames).toEqual([]);
    expect(states.body).toEqual({ target: 'AWSStepFunctions.ListStateMachines', body: {} });
  });

  it.each([
    ['an unknown service', 'AWSLambda.Invoke', '"AWSLambda.Invoke"'],
    ['a request without a target', undefined, 'a request without X-Amz-Target'],
  ])('refuses %s by name', async (_what, target, named) => {
    const { status, body } = await post(target, '{}');

    expect(status).toBe(400);
    expect(body).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining(named) as string,
    });
  });

  it.each(['AmazonSQS.SendMessage', 'AWSStepFunctions.StartExecution'])(
    'refuses a body of %s that is not a JSON object',
    async (target) => {
      const answers = await Promise.all([post(target, '{"QueueUrl":'), post(target, '[]')]);

      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
      expect(answers[0].body['__type']).toBe('SerializationException');
    },
  );

  it('refuses a body beyond 4 MiB without breaking the connection', async () => {
    const answers = await Promise.all(
      [5_000_000, 40_000_000].map((bytes) => post('AmazonSQS.SendMessage', 'x'.repeat(bytes))),
    );

    expect(answers.map(({ status }) => status)).toEqual([413, 413]);
    expect(answers[0]?.body).toEqual({
      __type: 'RequestEntityTooLarge',
      message: 'the request body exceeds 4194304 bytes',
    });
  });

  it('answers that a service is unavailable when it breaks off', async () => {
    const broken = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => broken.listen(0, '127.0.0.1', resolve));
    const { port } = broken.address() as AddressInfo;
    const gateway = await startGateway({
      port: 0,
      queueService: { ...queues.queueService, port },
      ...{ tableService: queues.tableService, bucketService: queues.bucketService },
      cloudWatch: () => Promise.reject(new Error('nobody asks')),
      stepFunctions: () => Promise.reject(new Error('not asked')),
      events: () => Promise.reject(new Error('not asked')),
      secrets: () => Promise.reject(new Error('not asked')),
      onReceive: () => undefined,
    });

    const headers = { 'x-amz-target': 'AmazonSQS.ListQueues' };
    const answer = await fetch(gateway.endpoint, { method: 'POST', headers, body: '{}' });

    expect(answer.status).toBe(503);
    await gateway.stop();
    await new Promise((resolve) => broken.close(resolve));
  });
});
