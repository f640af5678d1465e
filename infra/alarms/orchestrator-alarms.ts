import { Stack } from 'aws-cdk-lib';
import { Alarm, AlarmRule, CompositeAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { alarmsOf } from './alarm-list.js';
import type { AlarmSources, AlarmSpec } from './alarm-spec.js';
import { runbookSection } from '../runbook.js';

export interface OrchestratorAlarmsProps extends AlarmSources {
  /** Who is told; its policy must let CloudWatch publish. @default - a topic of its own, to which nobody subscribes until you do */
  readonly topic?: ITopic | undefined;
}

/**
 * Tells people through one topic when something is the matter: once when the orchestrator becomes unhealthy, however
 * many alarms say so, and for each of the alarms that ask for a person's decision.
 */
export class OrchestratorAlarms extends Construct {
  readonly topic: ITopic;
  readonly alarms: readonly Alarm[];
  readonly unhealthy: CompositeAlarm;

  constructor(scope: Construct, id: string, { topic, ...sources }: OrchestratorAlarmsProps) {
    super(scope, id);
    const { config } = sources;
    const name = (of: string) => `${Stack.of(this).stackName}-${config.name}-${of}`;
    this.topic = topic ?? alarmTopic(this, config);
    const tell = new SnsAction(this.topic);

    const signs: Alarm[] = [];
    this.alarms = alarmsOf(sources).map((spec) => {
      const alarm = this.#alarm(spec, name(spec.name), runbookSection(config, spec.runbook).text);
      if (spec.tells === 'unhealthy') signs.push(alarm);
      else alarm.addAlarmAction(tell);
      return alarm;
    });
    this.unhealthy = new CompositeAlarm(this, 'Unhealthy', {
      compositeAlarmName: name('unhealthy'),
      alarmDescription: `The orchestrator of ${config.name} does not serve as it should: its own alarms say why. ${runbookSection(config, 'unhealthy').text}`,
      alarmRule: AlarmRule.anyOf(...signs),
    });
    this.unhealthy.addAlarmAction(tell);
    this.unhealthy.addOkAction(tell);
  }

  #alarm(spec: AlarmSpec, alarmName: string, runbook: string): Alarm {
    return new Alarm(this, spec.name, {
      alarmName,
      alarmDescription: `${spec.description} ${runbook}`,
      metric: spec.metric,
      comparisonOperator: spec.comparison,
      threshold: spec.threshold,
      datapointsToAlarm: spec.periods.bad,
      evaluationPeriods: spec.periods.of,
      treatMissingData: spec.missingData,
    });
  }
}

/**
 * CloudWatch's alarms of this account alone may publish, and over TLS only. Nobody else may by this policy, because it
 * stands in place of the one that lets the owner do all. Without a key of our own: what is said here names alarms and
 * figures, and CloudWatch cannot use the key that AWS manages.
 */
function alarmTopic(scope: Construct, { name }: OrchestratorConfig): Topic {
  const topic = new Topic(scope, 'Topic', { displayName: `Alarms of ${name}`, enforceSSL: true });
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(topic).account } },
    }),
  );
  return topic;
}
