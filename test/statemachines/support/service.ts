import type { Integration } from '../../../local/aws/step-functions/integration.js';
import type { ObjectStore } from '../../../local/aws/step-functions/object-store.js';
import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import { StepFunctions } from '../../../local/aws/step-functions/step-functions.js';
import { sendMessage } from './machines.js';
import { seededRandomness } from './seeded-randomness.js';
import { settled, VirtualTimers } from './virtual-timers.js';

export interface WireEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface Description {
  readonly status: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly [field: string]: unknown;
}

interface ServiceOptions {
  readonly seed?: number;
  readonly integrations?: Readonly<Record<string, Integration>>;
  readonly endedExecutionsMax?: number;
  readonly objects?: ObjectStore;
}

/** A Step Functions stand-in in virtual time, whose queue only remembers what was sent to it. */
export class TestService {
  readonly timers = new VirtualTimers();
  readonly changes: StatusChange[] = [];
  readonly sent: unknown[] = [];
  readonly stepFunctions: StepFunctions;
  #machines = 0;

  constructor({ seed = 1, ...options }: ServiceOptions = {}) {
    this.stepFunctions = new StepFunctions({
      region: 'eu-west-1',
      accountId: '000000000000',
      timers: this.timers,
      randomness: seededRandomness(seed),
      onStatusChange: (change) => this.changes.push(change),
      ...options,
      integrations: { [sendMessage]: (args) => this.#send(args), ...options.integrations },
    });
  }

  create(definition: string, name?: string): string {
    this.#machines += 1;
    const request = { name: name ?? `machine-${this.#machines}`, definition };
    return this.stepFunctions.createStateMachine(request).stateMachineArn;
  }

  /** Starts an execution and lets it run as far as it can without time passing. */
  async start(definition: string, input: unknown = {}): Promise<string> {
    const stateMachineArn = this.create(definition);
    const { executionArn } = await this.call<{ executionArn: string }>('StartExecution', {
      stateMachineArn,
      input: JSON.stringify(input),
    });
    await settled();
    return executionArn;
  }

  /** Runs an execution that needs no time and returns how it ended. */
  async run(definition: string, input: unknown = {}): Promise<Description> {
    return this.describe(await this.start(definition, input));
  }

  /** The output of an execution that needs no time and must succeed. */
  async outputOf(definition: string, input: unknown = {}): Promise<unknown> {
    const { status, output, error, cause } = await this.run(definition, input);
    if (status !== 'SUCCEEDED' || output === undefined)
      throw new Error(`${status}: ${error ?? ''} ${cause ?? ''}`);
    return JSON.parse(output);
  }

  /** Lets an execution that ended go on, as far as it can without time passing. */
  async redrive(executionArn: string): Promise<void> {
    await this.call('RedriveExecution', { executionArn });
    await settled();
  }

  describe(executionArn: string): Promise<Description> {
    return this.call('DescribeExecution', { executionArn });
  }

  async history(executionArn: string): Promise<readonly WireEvent[]> {
    const body = { executionArn, maxResults: 1_000 };
    return (await this.call<{ events: readonly WireEvent[] }>('GetExecutionHistory', body)).events;
  }

  /** The event types in order: the shape of a run. */
  async eventTypes(executionArn: string): Promise<readonly string[]> {
    return (await this.history(executionArn)).map(({ type }) => type);
  }

  /** The body of the answer; throws if it is a refusal. */
  async call<T = Readonly<Record<string, unknown>>>(action: string, body: unknown): Promise<T> {
    const answer = await this.stepFunctions.handle(`AWSStepFunctions.${action}`, body);
    if (answer.status !== 200) throw new Error(`${action} was refused: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  }

  /** The code with which a request is refused, or undefined if it is not; then lets the callback take effect. */
  async refusal(action: string, body: unknown): Promise<string | undefined> {
    const answer = await this.stepFunctions.handle(`AWSStepFunctions.${action}`, body);
    await settled();
    return answer.status === 200 ? undefined : (answer.body as { __type: string }).__type;
  }

  /** The token in the last message sent, or in the one before. */
  token(position = -1): string {
    const message = this.sent.at(position) as { MessageBody: { taskToken: string } } | undefined;
    if (!message) throw new Error('no message was sent');
    return message.MessageBody.taskToken;
  }

  succeed(taskToken: string, output: unknown = {}): Promise<string | undefined> {
    return this.refusal('SendTaskSuccess', { taskToken, output: JSON.stringify(output) });
  }

  fail(taskToken: string, error?: string, cause?: string): Promise<string | undefined> {
    return this.refusal('SendTaskFailure', { taskToken, error, cause });
  }

  heartbeat(taskToken: string): Promise<string | undefined> {
    return this.refusal('SendTaskHeartbeat', { taskToken });
  }

  #send(args: unknown): Promise<unknown> {
    this.sent.push(args);
    return Promise.resolve({ MessageId: `message-${this.sent.length}` });
  }
}
