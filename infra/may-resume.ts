import { Names, Stack } from 'aws-cdk-lib';
import { Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnStateMachine, type StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledgeWildcard } from './acknowledge-wildcard.js';

/** Lets a role answer the tasks of this state machine, and those of the executions of its Distributed Maps. */
export function mayResume(
  stateMachine: StateMachine,
  id: string,
  role: Role,
  actions: readonly string[],
): void {
  const { stateMachineArn } = stateMachine;
  // The executions of a Distributed Map belong to `<state machine>/<label of the Map>`.
  const items = definitionOf(stateMachine).includes('DISTRIBUTED') ? [`${stateMachineArn}/*`] : [];
  const policy = new Policy(stateMachine, id, {
    // Policies of one role share their names across stacks, and a second of the same name replaces the first.
    policyName: Names.uniqueResourceName(stateMachine, { maxLength: 128 }),
    roles: [role],
    statements: [new PolicyStatement({ actions: [...actions], resources: [stateMachineArn, ...items] })],
  });
  for (const arn of items) acknowledgeWildcard(policy, arn, 'Stands for the Maps of this one state machine.');
}

/** The definition with every intrinsic function resolved; empty where the state machine has none of its own. */
export function definitionOf(stateMachine: StateMachine): string {
  const resource = stateMachine.node.defaultChild;
  if (!(resource instanceof CfnStateMachine)) return '';
  return JSON.stringify(Stack.of(stateMachine).resolve(resource.definitionString));
}
