import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { LOCAL_REGION } from '../../../local/aws/account.js';

/** The real client against a local endpoint. */
export function sfnClient(endpoint: string): SFNClient {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return new SFNClient({ endpoint, region: LOCAL_REGION, credentials });
}

/** Starts an execution and returns its ARN. */
export async function startExecution(
  { sfn, stateMachineArn }: { readonly sfn: SFNClient; readonly stateMachineArn: string },
  name: string,
  input: unknown,
): Promise<string> {
  const request = { stateMachineArn, name, input: JSON.stringify(input) };
  const { executionArn = '' } = await sfn.send(new StartExecutionCommand(request));
  return executionArn;
}
