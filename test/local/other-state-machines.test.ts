import { readFileSync } from 'node:fs';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import {
  type Chain,
  DefinitionBody,
  IntegrationPattern,
  Pass,
  QueryLanguage,
  StateMachine,
  TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import type { Template } from '../../local/cloudformation/template.js';
import type { Synthesized } from '../../local/synthesize.js';
import { aConfigInput } from '../support/a-config.js';
import { startExecution } from './support/executions.js';
import { type OwnStack, startOwnStack } from './support/own-stack.js';

/** An order: what the customer waits for is HIGH, the booking NORMAL, and the ledger's copy can wait until night. */
function orderWorkflow(stack: Stack, orchestrator: RateLimitedOrchestrator): Chain {
  const call = (id: string, operation: string, priority: 'HIGH' | 'NORMAL' | 'BATCH') =>
    orchestrator.callTask(stack, id, {
      ...{ operation, priority, payload: '{% $states.input.order %}' },
      idempotencyKey: `{% $states.input.order.id & '/${id}' %}`,
    });
  const keep = (id: string) =>
    new Pass(stack, id, {
      queryLanguage: QueryLanguage.JSONATA,
      outputs: '{% $states.context.Execution.Input %}',
    });
  return call('Reserve', 'getOrder', 'HIGH')
    .next(keep('Reserved'))
    .next(call('Book', 'bookOrder', 'NORMAL'))
    .next(keep('Booked'))
    .next(call('Archive', 'getOrder', 'BATCH'));
}

/** The same step for a team that must not or will not know queues: an execution of `rate-limited-call`, waited for. */
function nestedWorkflow(stack: Stack, orchestrator: RateLimitedOrchestrator): Chain {
  const nested = StepFunctionsStartExecution.jsonata(stack, 'Book by an execution', {
    stateMachine: orchestrator.stateMachine,
    integrationPattern: IntegrationPattern.RUN_JOB,
    input: TaskInput.fromObject({
      operation: 'bookOrder',
      priority: 'HIGH',
      idempotencyKey: '{% $states.input.order.id %}',
      payload: '{% $states.input.order %}',
    }),
    outputs: '{% $states.result.Output %}',
  });
  const refused = new Pass(stack, 'Refused', {
    queryLanguage: QueryLanguage.JSONATA,
    outputs: "{% {'refused': $parse($states.input.Cause).Error} %}",
  });
  return nested.addCatch(refused, { errors: ['States.TaskFailed'] }).next(new Pass(stack, 'Booked by it'));
}

function synthesizeTeam(directory: string, baseUrl: string): Synthesized {
  const app = new App({
    outdir: directory,
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  const stack = new Stack(app, 'Team');
  const orchestrator = new RateLimitedOrchestrator(stack, 'LegacyApi', {
    config: aConfigInput({ baseUrl, limits: [{ calls: 20, windowMs: 1_000 }], slots: 2 }),
  });
  const machine = (id: string, body: Chain) =>
    new StateMachine(stack, id, {
      definitionBody: DefinitionBody.fromChainable(body),
      queryLanguage: QueryLanguage.JSONATA,
    });
  const order = machine('Order', orderWorkflow(stack, orchestrator));
  orchestrator.serve(order);
  const nested = machine('Nested', nestedWorkflow(stack, orchestrator));
  new CfnOutput(stack, 'OrderArn', { value: order.stateMachineArn });
  new CfnOutput(stack, 'NestedArn', { value: nested.stateMachineArn });
  const { templateFullPath } = app.synth().getStackByName('Team');
  return {
    template: JSON.parse(readFileSync(templateFullPath, 'utf8')) as Template,
    assemblyDirectory: directory,
  };
}

describe('a business workflow', () => {
  let stack: OwnStack;

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: { medianMs: 20, p99Ms: 20 } },
        ...{ limits: [{ calls: 20, windowMs: 1_000 }], inFlightMax: 2 },
      },
      synthesize: synthesizeTeam,
    });
  }, 60_000);

  afterAll(() => stack.stop());

  const run = async (machine: string, name: string, input: unknown) => {
    await startExecution({ sfn: stack.sfn, stateMachineArn: stack.output(machine) }, name, input);
    return stack.ended(name);
  };

  it('makes calls of every class as states of its own, one after the other', async () => {
    const { status, output } = await run('OrderArn', 'order-1', { order: { id: 'o-1', seats: 2 } });

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({ received: { id: 'o-1', seats: 2 } });
    expect(stack.calls.map(({ call }) => call.idempotencyKey)).toEqual([
      'o-1/Reserve',
      'o-1/Book',
      'o-1/Archive',
    ]);
  }, 30_000);

  it('or starts an execution that makes the call, and gets its result', async () => {
    const { status, output } = await run('NestedArn', 'nested-1', { order: { id: 'n-1' } });

    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output ?? '')).toMatchObject({ received: { id: 'n-1' } });
  }, 30_000);

  it('which tells it by name what failed', async () => {
    const { output } = await run('NestedArn', 'nested-2', { order: { id: 'ä' } });

    expect(JSON.parse(output ?? '')).toEqual({ refused: TASK_ERRORS.invalidRequest });
  }, 30_000);
});
