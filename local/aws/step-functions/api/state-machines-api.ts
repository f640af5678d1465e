import type { StateMachine } from '../state-machine.js';
import { pageOf } from './page.js';
import type { Parameters } from './parameters.js';

export function describeStateMachine(machine: StateMachine): object {
  return {
    ...summary(machine),
    status: 'ACTIVE',
    definition: machine.definitionText,
    roleArn: machine.roleArn,
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}

export function listStateMachines(machines: readonly StateMachine[], parameters: Parameters): object {
  const numbered = machines.map((machine, position) => ({ machine, position }));
  const { items, ...rest } = pageOf(numbered, ({ position }) => position, parameters, {
    list: 'ListStateMachines',
    newestFirst: false,
  });
  return { stateMachines: items.map(({ machine }) => summary(machine)), ...rest };
}

function summary({ arn, name, createdMs }: StateMachine) {
  return { stateMachineArn: arn, name, type: 'STANDARD', creationDate: createdMs / 1_000 };
}
