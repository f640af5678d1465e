import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { App, Stack } from 'aws-cdk-lib';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { ALARM_METRICS } from '../../lambdas/core/planning/bill.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { type AlarmProperties, alarmsOf, metricsOfAlarms } from './support/named-metrics.js';
import { templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

const RUNBOOK = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

/** The anchors of a Markdown file's headings, as GitHub makes them from headings without punctuation. */
const ANCHORS = [...RUNBOOK.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
  heading.toLowerCase().replaceAll(' ', '-'),
);

const template = templateOf();
const alarms = [...alarmsOf(template).values()];
const [composite] = Object.values(template.findResources('AWS::CloudWatch::CompositeAlarm')).map(
  ({ Properties }) => Properties as AlarmProperties & { readonly AlarmRule: unknown },
);

function alarmNamed(name: string, config = aLegacyApi()): AlarmProperties {
  const alarm = [...alarmsOf(templateOf(config)).values()].find(({ AlarmName }) => AlarmName.endsWith(name));
  if (alarm === undefined) throw new Error(`no alarm is named ${name}`);
  return alarm;
}

/** What an alarm's expression gives for these values; a metric without a value is missing. */
function evaluated({ Metrics }: AlarmProperties, values: Readonly<Record<string, number>>): number {
  const expression = Metrics.find(({ Expression }) => Expression !== undefined)?.Expression ?? '';
  const missing = Object.fromEntries(Metrics.map(({ Id }) => [Id, undefined]));
  return Number(
    runInNewContext(expression.replaceAll(' AND ', ' && '), {
      ...missing,
      ...values,
      FILL: (value: number | undefined | readonly (number | undefined)[], filler: number) =>
        Array.isArray(value) ? value.map((one: number | undefined) => one ?? filler) : (value ?? filler),
      SUM: (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0),
      IF: (condition: boolean, yes: number, no: number) => (condition ? yes : no),
    }),
  );
}

describe('every alarm', () => {
  it.each([...alarms, composite].map((alarm) => [alarm?.AlarmName ?? 'none', alarm]))(
    '%s says what is the matter and leads to a section of the runbook',
    (_name, alarm) => {
      const match = /^[A-Z][^\n]+\. Runbook: docs\/runbook\.md#([a-z-]+)$/.exec(
        alarm?.AlarmDescription ?? '',
      );

      expect(ANCHORS).toContain(match?.[1]);
    },
  );

  it.each(alarms.map((alarm) => [alarm.AlarmName, alarm]))(
    '%s says what silence means, and reads no more metrics than CloudWatch allows',
    (_name, { TreatMissingData, Metrics }) => {
      expect(['notBreaching', 'breaching', 'ignore']).toContain(TreatMissingData);
      expect(Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length).toBeLessThanOrEqual(10);
    },
  );

  it('tells people either itself or through the composite alarm, never both', () => {
    const rule = JSON.stringify(composite?.AlarmRule);

    const ways = [...alarmsOf(template)].map(([id, { AlarmActions = [] }]) => [
      AlarmActions.length === 1,
      rule.includes(`"${id}"`),
    ]);

    expect(ways.every(([itself, through]) => itself !== through)).toBe(true);
    expect(composite?.AlarmActions).toHaveLength(1);
  });

  it.each(['dead-letters', 'outcome-unknown', 'late-results'])('%s speaks for itself', (name) => {
    expect(alarmNamed(name).AlarmActions).toHaveLength(1);
  });

  it('has a name of its own for each legacy API', () => {
    const both = alarmsOf(templateOf(aLegacyApi(), aLegacyApi({ name: 'mail-provider' })));

    expect(new Set([...both.values()].map(({ AlarmName }) => AlarmName)).size).toBe(2 * alarms.length);
  });

  it('leads to where the configuration says that the runbook is', () => {
    const { AlarmDescription } = alarmNamed(
      'breaker-open',
      aLegacyApi({ alarms: { runbookUrl: 'https://wiki.example.com/runbook' } }),
    );

    expect(AlarmDescription).toContain(' https://wiki.example.com/runbook#breaker-open');
  });

  it('is in the bill with every metric that it reads', () => {
    expect(metricsOfAlarms(template)).toHaveLength(ALARM_METRICS);
  });

  it('is absent where the configuration switches alarms off', () => {
    const without = templateOf(aLegacyApi({ alarms: { enabled: false } }));

    const types = ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', 'AWS::SNS::Topic'];
    expect(types.flatMap((type) => Object.keys(without.findResources(type)))).toEqual([]);
  });
});

describe('the topic of the alarms', () => {
  it('takes what the alarms of this account publish, over TLS only', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });

  it('may be one that a team has already', () => {
    const stack = new Stack(new App({ postCliContext: WITHOUT_BUNDLES }), 'Team');
    const alarmTopic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:on-call');

    new RateLimitedOrchestrator(stack, 'LegacyApi', { config: aLegacyApi(), alarmTopic });

    const { Properties } = Object.values(
      Template.fromStack(stack).findResources('AWS::CloudWatch::CompositeAlarm'),
    )[0] as { readonly Properties: AlarmProperties };
    expect(Properties.AlarmActions).toEqual([alarmTopic.topicArn]);
    Template.fromStack(stack).resourceCountIs('AWS::SNS::Topic', 0);
  });
});

describe('the alarm of a class that waits too long', () => {
  it.each(PRIORITIES)('has the objective of %s as its threshold', (priority) => {
    const { ageObjectiveSeconds } = parseConfig(aLegacyApi()).priorities[priority];

    expect(alarmNamed(`${priority.toLowerCase()}-waits-too-long`).Threshold).toBe(ageObjectiveSeconds);
  });

  it.each([
    ['whose calls start late', { ageAtStartHIGH: 90_000, ageOfOldestHIGH: 3 }, 90],
    ['of which no call starts', { ageOfOldestHIGH: 70 }, 70],
    ['whose messages SQS no longer counts', { ageAtStartHIGH: 90_000 }, 90],
    ['that is idle', {}, 0],
  ])('sees the seconds of one %s', (_case, values, seconds) => {
    expect(evaluated(alarmNamed('high-waits-too-long'), values)).toBe(seconds);
  });
});

describe('the alarm of dead letters', () => {
  it.each([
    ['a message is given up', { givenUp: 1 }, 1],
    ['a message is no task request', { malformedBATCH: 1 }, 1],
    ['nobody handles what was given up', { unhandled: 2 }, 2],
    ['nothing is new, whatever lies parked', {}, 0],
  ])('knows whether to go off when %s', (_case, values, result) => {
    expect(evaluated(alarmNamed('dead-letters'), values)).toBe(result);
  });

  it('goes out after five minutes in which nothing is new, so that the next one is told too', () => {
    const { Metrics, TreatMissingData } = alarmNamed('dead-letters');

    expect(TreatMissingData).toBe('notBreaching');
    const read = Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat]));
    expect(read.map(({ Period }) => Period)).toEqual(read.map(() => 300));
    expect(JSON.stringify(read)).not.toContain('Parked');
  });
});

describe('the alarm of a standstill', () => {
  const WAITING = { waitingBATCH: 5 };

  it.each([
    ['work waits and no call starts', WAITING, 1],
    ['calls start', { ...WAITING, started: 1 }, 0],
    ['nothing waits', {}, 0],
    ['what waits is paused', { ...WAITING, pausedBATCH: 1 }, 0],
    ['another class is paused', { ...WAITING, pausedHIGH: 1 }, 1],
    ['the gate is closed', { ...WAITING, gateClosed: 1 }, 0],
  ])('knows whether to go off when %s', (_case, values, result) => {
    expect(evaluated(alarmNamed('no-progress'), values)).toBe(result);
  });

  it.each(['no-progress', 'worker-silent'])(
    'is patient with an API that is called once in five minutes: %s',
    (name) => {
      const slow = aLegacyApi({ limits: [{ calls: 1, windowMs: 290_000 }], slots: 1, slotBudgetMs: 500_000 });

      const periods = alarmNamed(name, slow).Metrics.flatMap(({ MetricStat }) => MetricStat?.Period ?? []);

      const { holdMs, functionTimeoutSeconds } = timingsOf(parseConfig(slow));
      expect(Math.min(...periods) * 1_000).toBeGreaterThan(2 * holdMs);
      expect(Math.min(...periods)).toBeGreaterThan(functionTimeoutSeconds);
      expect(new Set(periods).size).toBe(1);
    },
  );

  it('goes off when the worker falls silent altogether', () => {
    expect(alarmNamed('worker-silent')).toMatchObject({
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
    });
  });
});
