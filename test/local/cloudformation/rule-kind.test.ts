import { type BusEvent, EventBus } from '../../../local/aws/event-bus.js';
import { Properties } from '../../../local/cloudformation/properties.js';
import { ruleKind } from '../../../local/cloudformation/rule-kind.js';

const queue = {
  name: 'doorbell',
  arn: 'arn:doorbell',
  url: 'http://127.0.0.1:1/000000000000/doorbell',
  visibilityTimeoutSeconds: 30,
};

const target = { Id: 'Target0', Arn: queue.arn, Input: '"ring"' };
const started: BusEvent = { source: 'aws.states', 'detail-type': 'Status', detail: { status: 'RUNNING' } };

/** Deploys a rule and tells what an event makes it send. */
async function sentBy(values: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const bus = new EventBus();
  const sent: string[] = [];
  const properties = new Properties('Rule (AWS::Events::Rule)', values);
  await ruleKind({
    bus,
    queueByArn: (arn) => (arn === queue.arn ? queue : undefined),
    send: (url, body) => Promise.resolve(void sent.push(`${url} ${body}`)),
  })({ logicalId: 'Rule', properties });
  properties.refuseUnread();
  bus.put(started);
  bus.stop();
  return sent;
}

async function refusalOf(values: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    await sentBy(values);
  } catch (error) {
    return String(error);
  }
  return 'not refused';
}

describe('ruleKind', () => {
  const EventPattern = { source: ['aws.states'], detail: { status: ['RUNNING'] } };

  it('sends the constant input, without its quotes, to the target queue', async () => {
    expect(await sentBy({ EventPattern, State: 'ENABLED', Targets: [target] })).toEqual([
      `${queue.url} ring`,
    ]);
  });

  it('leaves out a rule that is disabled', async () => {
    expect(await sentBy({ EventPattern, State: 'DISABLED', Targets: [target] })).toEqual([]);
  });

  it('sends the event itself to a target without an input', async () => {
    const { Input, ...without } = target;

    const [sent = ''] = await sentBy({ EventPattern, Targets: [without] });

    expect(Input).toBe('"ring"');
    expect(JSON.parse(sent.slice(queue.url.length))).toMatchObject({
      ...started,
      version: '0',
      resources: [],
    });
  });

  it('listens on the bus that it names, and on no other', async () => {
    expect(await sentBy({ EventPattern, EventBusName: 'orders', Targets: [target] })).toEqual([]);
  });

  it('refuses patterns other than exact values and prefixes by name', async () => {
    const numbers = { detail: { size: [{ numeric: ['>', 3] }] } };

    expect(await refusalOf({ EventPattern: numbers, Targets: [target] })).toContain(
      'Rule: pattern {"numeric":[">",3]} for size is not emulated; exact values and prefixes are',
    );
  });

  it('refuses schedules other than rates by name', async () => {
    expect(await refusalOf({ ScheduleExpression: 'cron(0 12 * * ? *)', Targets: [target] })).toContain(
      'Rule: schedule cron(0 12 * * ? *) is not emulated; rate(...) is',
    );
  });

  it('refuses targets that are not queues of the template', async () => {
    expect(await refusalOf({ EventPattern, Targets: [{ ...target, Arn: 'arn:topic' }] })).toContain(
      'Rule: only queues of this template are emulated as targets',
    );
  });

  it('refuses what it does not know about a target by name', async () => {
    expect(await refusalOf({ EventPattern, Targets: [{ ...target, InputPath: '$.detail' }] })).toContain(
      'Rule.Targets[0]: property InputPath is not emulated',
    );
  });
});
