import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';

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
}
