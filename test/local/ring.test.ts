import { GetExecutionHistoryCommand } from '@aws-sdk/client-sfn';
import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import { DefinitionBody, QueryLanguage, StateMachine, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { type Synthesized, synthesizeStack } from '../../local/synthesize.js';
import { aConfigInput } from '../support/a-config.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** Long enough for the slot that the execution's start has rung for to find nothing and end. */
const IDLE_SECONDS = Number(process.env['RING_AFTER_SECONDS'] ?? 4);

/** What is promised is 1.5 s; without its own bell, the call would wait up to a minute for the sweeper. */
const SERVED_WITHIN_MS = 5_000;

/** A team's own stack: a workflow that makes an urgent call long after it started. */
function synthesizeWorkflow(directory: string, baseUrl: string): Synthesized {
  return synthesizeStack(directory, 'Team', (app) => {
    const stack = new Stack(app, 'Team');
    const orchestrator = new RateLimitedOrchestrator(stack, 'LegacyApi', {
      config: aConfigInput({ baseUrl }),
    });
    const wait = new Wait(stack, 'Wait', { time: WaitTime.duration(Duration.seconds(IDLE_SECONDS)) });
    const call = orchestrator.callTask(stack, 'Book', {
      operation: 'getOrder',
      priority: 'HIGH',
      payload: '{% $states.input %}',
    });
    const workflow = new StateMachine(stack, 'Workflow', {
      definitionBody: DefinitionBody.fromChainable(wait.next(call)),
      queryLanguage: QueryLanguage.JSONATA,
    });
    orchestrator.serve(workflow);
    new CfnOutput(stack, 'WorkflowArn', { value: workflow.stateMachineArn });
  });
}

describe('a workflow whose HIGH call comes when everything is idle again', () => {
  let stack: OwnStack;
  let executionArn: string;
  let slotsBeforeTheCall: number | undefined;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 50, p99Ms: 50 } },
        ...{ limits: [{ calls: 1, windowMs: 1_000 }], inFlightMax: 1 },
      },
      synthesize: synthesizeWorkflow,
    });
    const workflow = { sfn: stack.sfn, stateMachineArn: stack.output('WorkflowArn') };
    executionArn = await startExecution(workflow, 'order', { order: 7 });
    setTimeout(() => (slotsBeforeTheCall = workerOfTeam().figures().running), IDLE_SECONDS * 1_000 - 200);
    await stack.ended('order');
  }, 60_000);

  afterAll(() => stack.stop());

  function workerOfTeam() {
    const worker = stack.aws.functions.find(({ name }) => name.includes('Worker'));
    if (worker === undefined) throw new Error('the stack has no worker');
    return worker;
  }

  it('is served by the ring that precedes the call', async () => {
    const { events = [] } = await stack.sfn.send(new GetExecutionHistoryCommand({ executionArn }));
    const enteredAtMs = events.find(({ type }) => type === 'TaskStateEntered')?.timestamp?.getTime() ?? NaN;
    const [first] = stack.calls;

    expect(slotsBeforeTheCall).toBe(0);
    expect(stack.calls).toHaveLength(1);
    expect(performance.timeOrigin + (first?.call.atMs ?? NaN) - enteredAtMs).toBeLessThan(SERVED_WITHIN_MS);
  });

  it('gets the result of its call', async () => {
    const { status, output } = await stack.ended('order');

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({ received: { order: 7 } });
  });
});
