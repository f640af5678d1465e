import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { DefinitionBody, type IChainable, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { buildApp, STACK_NAME } from '../../../infra/build-app.js';
import { RateLimitedOrchestrator } from '../../../infra/rate-limited-orchestrator.js';
import type { OrchestratorConfigInput } from '../../../lambdas/core/config/orchestrator-config.js';
import { aLegacyApi } from './a-legacy-api.js';

/** Leaves out the bundling of the worker, which takes most of the time and changes only a hash. */
export const WITHOUT_BUNDLES = { 'aws:cdk:bundling-stacks': [] };

export function anApp(...configs: readonly unknown[]): App {
  const orchestrators = configs.length === 0 ? [aLegacyApi()] : configs;
  return buildApp({ context: { ...WITHOUT_BUNDLES, orchestrators } });
}

/** The stack as it deploys, with these orchestrators instead of those in cdk.json. */
export function templateOf(...configs: readonly OrchestratorConfigInput[]): Template {
  return Template.fromStack(stackOf(anApp(...configs)));
}

export function stackOf(app: App): Stack {
  const stack = app.node.findChild(STACK_NAME);
  if (!Stack.isStack(stack)) throw new Error('the app has no stack');
  return stack;
}

/** A team's own stack with an orchestrator, to put calls into state machines. */
export function aTeamStack(more: Partial<OrchestratorConfigInput> = {}) {
  const app = new App({ postCliContext: WITHOUT_BUNDLES, builtinCloudFormationValidation: false });
  const stack = new Stack(app, 'Team');
  const orchestrator = new RateLimitedOrchestrator(stack, 'LegacyApi', { config: aLegacyApi(more) });
  return { app, stack, orchestrator };
}

export function aWorkflow(
  stack: Stack,
  body: IChainable,
  queryLanguage = QueryLanguage.JSONATA,
): StateMachine {
  return new StateMachine(stack, 'Workflow', {
    definitionBody: DefinitionBody.fromChainable(body),
    queryLanguage,
  });
}

/** The value with every intrinsic function replaced by a text that names what it refers to. */
export function resolved(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join, 'Fn::GetAtt': attribute } = value as Intrinsic;
  if (Ref !== undefined) return Ref === 'AWS::Partition' ? 'aws' : Ref;
  if (attribute !== undefined) return attribute.join('.');
  if (join !== undefined) return join[1].map(resolved).join(join[0]);
  throw new Error(`cannot resolve ${JSON.stringify(value)}`);
}

interface Intrinsic {
  readonly Ref?: string;
  readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
  readonly 'Fn::GetAtt'?: readonly string[];
}
