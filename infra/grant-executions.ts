import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledgeWildcard } from './acknowledge-wildcard.js';

/** Allows these actions on the executions of one state machine, or only on those whose names begin so. */
export function grantExecutions(
  role: Role,
  stateMachine: StateMachine,
  actions: readonly string[],
  named = '',
): void {
  const executions = Stack.of(stateMachine).formatArn({
    service: 'states',
    resource: 'execution',
    resourceName: `${stateMachine.stateMachineName}:${named}*`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  role.addToPolicy(new PolicyStatement({ actions: [...actions], resources: [executions] }));
  acknowledgeWildcard(role, executions, 'Executions come and go; these are those of one state machine.');
}
