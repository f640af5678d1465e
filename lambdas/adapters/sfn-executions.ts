import { DescribeExecutionCommand, StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { executionArn } from '../core/contracts/execution-name.js';

/** Executions of one state machine, through the Step Functions API. */
export class SfnExecutions {
  readonly #sfn: SFNClient;
  readonly #stateMachineArn: string;

  constructor(sfn: SFNClient, stateMachineArn: string) {
    this.#sfn = sfn;
    this.#stateMachineArn = stateMachineArn;
  }

  /** `existed`: there has been one of this name in the last 90 days, and none was started. */
  async start(name: string, inputJson: string): Promise<'started' | 'existed'> {
    try {
      await this.#sfn.send(
        new StartExecutionCommand({ stateMachineArn: this.#stateMachineArn, name, input: inputJson }),
      );
      return 'started';
    } catch (error) {
      if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return 'existed';
      throw error;
    }
  }

  /** The ARN of the execution of this name, whether or not there is one. */
  arn(name: string): string {
    return executionArn(this.#stateMachineArn, name);
  }

  /** Input and output, complete; the output is undefined unless it succeeded. */
  async describe(
    executionArn: string,
  ): Promise<{ readonly input: string; readonly output: string | undefined }> {
    const { input = '', output } = await this.#sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { input, output };
  }
}
