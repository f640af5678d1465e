import type { Definition } from './asl/definition.js';

/** A state machine that was accepted: what DescribeStateMachine tells, and what an execution runs. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly roleArn: string;
  readonly createdMs: number;
  readonly definitionText: string;
  readonly definition: Definition;
}
