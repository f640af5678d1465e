import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { EventBus } from '../../../lambdas/adapters/event-bus.js';

const events = mockClient(EventBridgeClient);
const bus = new EventBus(new EventBridgeClient({}), 'orders', 'rate-limited-orchestrator.erp');

beforeEach(() => events.reset());

describe('EventBus', () => {
  it('puts an event on its bus, from its source', async () => {
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });

    await bus.publish('LegacyCallSucceeded', { callId: 'event-1' });

    expect(events.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries).toEqual([
      {
        EventBusName: 'orders',
        Source: 'rate-limited-orchestrator.erp',
        DetailType: 'LegacyCallSucceeded',
        Detail: '{"callId":"event-1"}',
      },
    ]);
  });

  it('throws what the bus says of an event that it does not take, which comes in an answer that looks well', async () => {
    events
      .on(PutEventsCommand)
      .resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure', ErrorMessage: 'x' }] });

    await expect(bus.publish('LegacyCallFailed', {})).rejects.toMatchObject({ name: 'InternalFailure' });
  });
});
