import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Doorbell } from './doorbell.js';

/** Rings every minute, whatever happened: no message waits unseen for longer, even where every other bell was lost. */
export function sweeper(scope: Construct, id: string, doorbell: Doorbell): Rule {
  return new Rule(scope, id, {
    description: 'Rings the doorbell every minute, so that no message waits unseen for longer.',
    schedule: Schedule.rate(Duration.minutes(1)),
    targets: [doorbell.target],
  });
}

/**
 * Rings when an execution of this state machine starts, at the cost of no state transition.
 *
 * EventBridge delivers these events at best effort: a missed one is made up for by the sweeper.
 */
export function runningRule(
  scope: Construct,
  id: string,
  stateMachine: IStateMachine,
  doorbell: Doorbell,
): Rule {
  return new Rule(scope, id, {
    description: 'Rings the doorbell when an execution starts.',
    eventPattern: {
      source: ['aws.states'],
      detailType: ['Step Functions Execution Status Change'],
      detail: { status: ['RUNNING'], stateMachineArn: [stateMachine.stateMachineArn] },
    },
    targets: [doorbell.target],
  });
}
