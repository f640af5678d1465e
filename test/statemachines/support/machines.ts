export type StateSource = Readonly<Record<string, unknown>>;

export const sendMessage = 'arn:aws:states:::sqs:sendMessage';

/** An ASL text in JSONata that starts at the first of these states. */
export function aMachine(states: Readonly<Record<string, StateSource>>, more: StateSource = {}): string {
  const [startAt] = Object.keys(states);
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: startAt, States: states, ...more });
}

/** A machine of one state, which ends it. */
export function aMachineOf(state: StateSource, more: StateSource = {}): string {
  return aMachine({ Only: { End: true, ...state } }, more);
}

/** A task that sends its token to a queue and waits for the callback. */
export function aCallbackTask(more: StateSource = {}): StateSource {
  return {
    Type: 'Task',
    Resource: `${sendMessage}.waitForTaskToken`,
    Arguments: { QueueUrl: 'queue', MessageBody: { taskToken: '{% $states.context.Task.Token %}' } },
    End: true,
    ...more,
  };
}

/** A task that sends a message and does not wait. */
export function aSendTask(more: StateSource = {}): StateSource {
  return {
    Type: 'Task',
    Resource: sendMessage,
    Arguments: { QueueUrl: 'queue', MessageBody: 'hello' },
    End: true,
    ...more,
  };
}

/** The branch or item processor of one machine text. */
export function inner(machine: string): StateSource {
  const { StartAt, States } = JSON.parse(machine) as StateSource;
  return { StartAt, States };
}
