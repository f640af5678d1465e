import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { sendMessageIntegration } from '../../../local/aws/send-message-integration.js';

const sqs = mockClient(SQSClient);

beforeEach(() => sqs.reset());

describe('the integration of sqs:sendMessage', () => {
  it('sends the group of a message', async () => {
    sqs.on(SendMessageCommand).resolves({});
    const args = { QueueUrl: 'https://queue', MessageBody: 'look', MessageGroupId: 'a' };

    await sendMessageIntegration(new SQSClient(), args);

    expect(sqs.commandCalls(SendMessageCommand)[0]?.args[0].input).toEqual(args);
  });

  it('refuses what it does not emulate, by name', async () => {
    const args = { QueueUrl: 'https://queue', MessageBody: 'look', MessageAttributes: {} };

    await expect(sendMessageIntegration(new SQSClient(), args)).rejects.toThrow('MessageAttributes');
  });
});
