import {
  type DeliveredEvent,
  EventBus,
  type EventPattern,
  matches,
  type Target,
} from '../../../local/aws/event-bus.js';
import { eventually } from '../support/eventually.js';

const started = {
  source: 'aws.states',
  'detail-type': 'Step Functions Execution Status Change',
  detail: { status: 'RUNNING', stateMachineArn: 'arn:one' },
};

describe('matches', () => {
  it.each<readonly [string, EventPattern, boolean]>([
    ['every listed field has one of its values', { source: ['aws.sqs', 'aws.states'] }, true],
    ['a nested field has one of its values', { detail: { status: ['RUNNING'] } }, true],
    ['a value begins as the pattern says', { source: [{ prefix: 'aws.' }] }, true],
    ['a value begins otherwise', { source: [{ prefix: 'states' }] }, false],
    ['one of several fields differs', { source: ['aws.states'], detail: { status: ['FAILED'] } }, false],
    ['a field is missing in the event', { detail: { name: ['x'] } }, false],
    ['a value stands where the pattern has fields', { source: { name: ['aws.states'] } }, false],
    ['a value is only the beginning', { source: ['aws'] }, false],
  ])('tells where %s', (_where, pattern, expected) => {
    expect(matches(pattern, started)).toBe(expected);
  });
});

describe('EventBus', () => {
  const bus = new EventBus();

  afterAll(() => bus.stop());

  const rule = (name: string, targets: readonly Target[]) => ({
    name,
    targets,
    pattern: { source: ['aws.states'] },
    everyMs: undefined,
  });

  it('delivers an event to every target of every rule that matches, whatever happens to the others', () => {
    const reached: string[] = [];
    const target = (name: string) => () => {
      reached.push(name);
      return name === 'b' ? Promise.reject(new Error('unreachable')) : Promise.resolve();
    };
    bus.addRule(rule('one', [target('a'), target('b')]));
    bus.addRule(rule('two', [target('c')]));
    bus.addRule({ ...rule('other', [target('d')]), pattern: { source: ['aws.sqs'] } });

    bus.put(started);

    expect(reached).toEqual(['a', 'b', 'c']);
  });

  it('delivers an event on the bus where it was put, under the id that it returns', () => {
    const reached: unknown[] = [];
    const listener = (event: DeliveredEvent | undefined) => Promise.resolve(void reached.push(event?.id));
    bus.addRule({ ...rule('orders', [listener]), busName: 'orders' });

    bus.put(started);
    const id = bus.put(started, 'orders');

    expect(reached).toEqual([id]);
    expect([bus.has('orders'), bus.has('default'), bus.has('nowhere')]).toEqual([true, true, false]);
  });

  it('delivers on schedule until it stops', async () => {
    let delivered = 0;
    const count = () => Promise.resolve(void (delivered += 1));
    bus.addRule({ name: 'sweeper', pattern: undefined, everyMs: 5, targets: [count] });

    await eventually(() => delivered >= 2);
    bus.stop();
    const atStop = delivered;
    await new Promise((resolve) => setTimeout(resolve, 30));

    expect(delivered).toBe(atStop);
  });
});
