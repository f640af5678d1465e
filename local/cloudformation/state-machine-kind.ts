import type { StepFunctions } from '../aws/step-functions/step-functions.js';
import type { Deploy } from './resource-kinds.js';
import { UnsupportedTemplateError } from './template.js';

/** AWS::StepFunctions::StateMachine with an inline definition, on our interpreter. */
export function stateMachineKind(stepFunctions: StepFunctions): Deploy {
  return ({ logicalId, properties }) => {
    const type = properties.text('StateMachineType') ?? 'STANDARD';
    if (type !== 'STANDARD')
      throw new UnsupportedTemplateError([`${logicalId}: state machine type ${type} is not emulated`]);
    const name = properties.text('StateMachineName') ?? logicalId;
    const substitutions = properties.record('DefinitionSubstitutions');
    const definition = substitute(properties.requiredText('DefinitionString'), substitutions);
    const { stateMachineArn } = stepFunctions.createStateMachine({
      name,
      definition,
      roleArn: properties.requiredText('RoleArn'),
    });
    properties.inert('LoggingConfiguration', 'TracingConfiguration', 'EncryptionConfiguration', 'Tags');
    return Promise.resolve({ ref: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } });
  };
}

function substitute(definition: string, substitutions: Readonly<Record<string, unknown>>): string {
  return definition.replace(/\$\{([A-Za-z0-9_]+)\}/g, (whole, name: string) =>
    name in substitutions ? String(substitutions[name]) : whole,
  );
}
