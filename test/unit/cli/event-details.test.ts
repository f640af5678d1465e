import type { HistoryEvent } from '@aws-sdk/client-sfn';
import { eventDetails, lastFailureOf } from '../../../cli/aws/event-details.js';

const at = new Date('2030-01-31T12:00:00Z');

const entered: HistoryEvent = {
  ...{ timestamp: at, id: 1, type: 'TaskStateEntered' },
  stateEnteredEventDetails: { name: 'Call' },
};

const failed = (cause: string): HistoryEvent => ({
  ...{ timestamp: at, id: 2, type: 'TaskFailed' },
  taskFailedEventDetails: {
    resourceType: 'sqs',
    resource: 'sendMessage',
    error: 'LegacyApi.Unavailable',
    cause,
  },
});

describe('an event of a history', () => {
  it('has the time, the state, and what failed, whichever details it has', () => {
    expect([entered, failed('503')].map(eventDetails)).toEqual([
      { at: at.toISOString(), type: 'TaskStateEntered', state: 'Call', error: null, cause: null },
      {
        ...{ at: at.toISOString(), type: 'TaskFailed', state: null },
        ...{ error: 'LegacyApi.Unavailable', cause: '503' },
      },
    ]);
  });

  it('is the last failure where it is one and none follows', () => {
    expect(lastFailureOf([entered])).toBeUndefined();
    expect(lastFailureOf([failed('the first'), failed('the second'), entered])).toBe(
      'LegacyApi.Unavailable: the second',
    );
  });
});
