import { EventBus } from '../../../local/aws/event-bus.js';
import { eventsApi } from '../../../local/aws/events-api.js';

const bus = new EventBus();
const api = eventsApi(bus);
const entry = { Source: 'shop', DetailType: 'Ordered', Detail: '{}' };

const putEvents = (...Entries: readonly unknown[]) => api('AWSEvents.PutEvents', { Entries });

describe('PutEvents', () => {
  it('takes what is sound and names what is not, entry by entry', async () => {
    const { status, body } = await putEvents(
      entry,
      { ...entry, Detail: 'no JSON' },
      { ...entry, Detail: '[]' },
      { ...entry, Source: 'aws.states' },
      { ...entry, EventBusName: 'arn:aws:events:us-east-1:000000000000:event-bus/nowhere' },
      { Source: 'shop', Detail: '{}' },
      { ...entry, EventBusName: 'default' },
    );

    expect(status).toBe(200);
    expect(body).toMatchObject({
      FailedEntryCount: 5,
      Entries: [
        { EventId: expect.any(String) as string },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'MalformedDetail' },
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { ErrorCode: 'ResourceNotFoundException', ErrorMessage: 'Event bus nowhere does not exist.' },
        { ErrorCode: 'InvalidArgument' },
        { EventId: expect.any(String) as string },
      ],
    });
  });

  it.each([0, 11])('refuses %i entries', async (count) => {
    expect(await putEvents(...Array.from({ length: count }, () => entry))).toMatchObject({
      status: 400,
      body: { __type: 'ValidationException' },
    });
  });

  it('is all that is served', async () => {
    expect(await api('AWSEvents.PutRule', {})).toMatchObject({
      status: 400,
      body: { message: 'the local run does not serve "AWSEvents.PutRule"' },
    });
  });
});
