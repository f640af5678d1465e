import { SFNClient } from '@aws-sdk/client-sfn';
import { OrchestratorClient, type OrchestratorClientSettings } from '../../../client/orchestrator-client.js';

export const STATE_MACHINE_ARN = 'arn:aws:states:eu-west-1:000000000000:stateMachine:call';

export interface TestOperations {
  readonly createInvoice: {
    readonly input: { readonly amount: number };
    readonly output: { readonly id: string };
  };
  readonly ping: { readonly input: undefined; readonly output: null };
}

export function aClient(more: Partial<OrchestratorClientSettings> = {}): OrchestratorClient<TestOperations> {
  return new OrchestratorClient<TestOperations>({
    stateMachineArn: STATE_MACHINE_ARN,
    sfn: new SFNClient({ region: 'eu-west-1' }),
    ...more,
  });
}

/** ARN of the execution of this name. */
export function executionArn(name: string): string {
  return `${STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:')}:${name}`;
}
