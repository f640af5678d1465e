import { Match } from 'aws-cdk-lib/assertions';
import { OTHER_VARIABLES_MAX_BYTES } from '../../infra/worker-environment.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { queueUrlVariable, WORKER_ENVIRONMENT } from '../../lambdas/core/contracts/environment.js';
import { LAMBDA_ENVIRONMENT_MAX_BYTES } from '../../lambdas/core/contracts/limits.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { templateOf } from './support/synthesized.js';

interface FunctionResource {
  readonly Properties: { readonly Environment: { readonly Variables: Readonly<Record<string, unknown>> } };
}

function variablesOf(template: ReturnType<typeof templateOf>): Readonly<Record<string, unknown>> {
  const functions = Object.entries(template.findResources('AWS::Lambda::Function'));
  const worker = functions.find(([id]) => id.includes('Worker'))?.[1] as FunctionResource | undefined;
  return worker?.Properties.Environment.Variables ?? {};
}

describe('the worker function', () => {
  const template = templateOf();

  it('runs once for each slot at most', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 5 });
    templateOf(aLegacyApi({ slots: 1 })).hasResourceProperties('AWS::Lambda::Function', {
      ReservedConcurrentExecutions: 1,
    });
  });

  it('may ring for itself more than 16 times in a row', () => {
    template.hasResourceProperties('AWS::Lambda::Function', { RecursiveLoop: 'Allow' });
  });

  it('runs on a current runtime, on ARM, traced, with the configured memory', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      MemorySize: parseConfig(aLegacyApi()).memoryMb,
    });
  });

  it('keeps its logs as long as configured', () => {
    templateOf(aLegacyApi({ logRetentionDays: 7 })).allResourcesProperties('AWS::Logs::LogGroup', {
      RetentionInDays: 7,
    });
    template.resourceCountIs('AWS::Logs::LogGroup', 3);
    template.hasResourceProperties('AWS::Lambda::Function', {
      LoggingConfig: { LogGroup: { Ref: Match.anyValue() } },
    });
  });

  it('receives the parsed configuration and where everything is, under the contract’s names', () => {
    const variables = variablesOf(template);

    expect(Object.keys(variables).sort()).toEqual(
      [...Object.values(WORKER_ENVIRONMENT), ...PRIORITIES.map(queueUrlVariable)].sort(),
    );
    expect(JSON.parse(String(variables[WORKER_ENVIRONMENT.config]))).toEqual(parseConfig(aLegacyApi()));
  });

  it.each(PRIORITIES)('finds the %s queue', (priority) => {
    const variables = variablesOf(template);

    expect(variables[queueUrlVariable(priority)]).toEqual({
      Ref: expect.stringMatching(`Queues${priority}[0-9A-F]{8}$`) as string,
    });
  });

  it('leaves to the configuration what the other variables do not need, wherever it is deployed', () => {
    const longestUrl = `https://sqs.ap-southeast-1.amazonaws.com.cn/123456789012/${'q'.repeat(80)}`;
    const others = Object.keys(variablesOf(template)).filter((name) => name !== WORKER_ENVIRONMENT.config);

    const bytes = others.reduce(
      (sum, name) => sum + name.length + longestUrl.length,
      WORKER_ENVIRONMENT.config.length,
    );

    expect(bytes).toBeLessThanOrEqual(OTHER_VARIABLES_MAX_BYTES);
    expect(OTHER_VARIABLES_MAX_BYTES).toBeLessThan(LAMBDA_ENVIRONMENT_MAX_BYTES);
  });
});
