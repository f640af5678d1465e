import { DescribeStacksCommand, type Output } from '@aws-sdk/client-cloudformation';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { byLane } from '../../lambdas/core/config/tenant-allowance.js';
import { queueUrlVariable, WORKER_ENVIRONMENT } from '../../lambdas/core/contracts/environment.js';
import type { ByLane } from '../../lambdas/core/contracts/lane.js';
import { CommandError, EXIT } from '../command-error.js';
import type { Clients } from './clients.js';

/** One orchestrator as it is deployed: what its worker was told, and its state machine. */
export interface DeployedOrchestrator {
  readonly config: OrchestratorConfig;
  readonly stateMachineArn: string;
  readonly tableName: string;
  readonly doorbellUrl: string;
  readonly queueUrls: ByLane<string>;
  /** Of the queue where messages rest that were given up. */
  readonly parkedUrl: string;
}

/**
 * Finds the orchestrator by its stack's outputs. Its configuration is the worker's own, because what is deployed may
 * differ from what a checkout says.
 *
 * @param api the orchestrator's name; undefined where the stack has only one
 */
export async function findOrchestrator(
  { cloudFormation, lambda }: Pick<Clients, 'cloudFormation' | 'lambda'>,
  stack: string,
  api: string | undefined,
): Promise<DeployedOrchestrator> {
  const outputs = await outputsOf(cloudFormation, stack);
  const prefix = prefixOf(outputs, stack, api);
  const output = (name: string): string =>
    outputs.find(({ OutputKey }) => OutputKey === prefix + name)?.OutputValue ??
    missing(`stack ${stack} has no output ${prefix}${name}`);
  const FunctionName = output('WorkerName');
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const variable = (name: string): string =>
    Environment?.Variables?.[name] ?? missing(`worker ${FunctionName} has no environment variable ${name}`);
  const config = parseConfig(
    JSON.parse(variable(WORKER_ENVIRONMENT.config)),
    `configuration of ${FunctionName}`,
  );
  return {
    config,
    stateMachineArn: output('StateMachineArn'),
    tableName: variable(WORKER_ENVIRONMENT.tableName),
    doorbellUrl: variable(WORKER_ENVIRONMENT.doorbellUrl),
    queueUrls: byLane(config, (lane) => variable(queueUrlVariable(lane))),
    parkedUrl: variable(WORKER_ENVIRONMENT.parkedUrl),
  };
}

async function outputsOf(
  cloudFormation: Clients['cloudFormation'],
  StackName: string,
): Promise<readonly Output[]> {
  try {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    return Stacks[0]?.Outputs ?? [];
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    const remedy = 'name it with --stack, check the Region, or deploy it';
    throw new CommandError(`no stack is called ${StackName}; ${remedy}`, EXIT.failed, { cause: error });
  }
}

const WORKER = 'WorkerName';

/** Outputs are named after the orchestrator in PascalCase: `legacy-api` has `LegacyApiWorkerName`. */
function prefixOf(outputs: readonly Output[], stack: string, api: string | undefined): string {
  const prefixes = outputs.flatMap(({ OutputKey = '' }) =>
    OutputKey.endsWith(WORKER) ? [OutputKey.slice(0, -WORKER.length)] : [],
  );
  const plain = api?.replaceAll('-', '').toLowerCase();
  const matching = prefixes.filter((prefix) => plain === undefined || prefix.toLowerCase() === plain);
  const [prefix, ...others] = matching;
  const known = prefixes.length === 0 ? 'none' : prefixes.join(', ');
  if (prefix === undefined)
    throw new CommandError(
      api === undefined
        ? `stack ${stack} has no orchestrator; name the stack that has one with --stack, or add one and deploy it`
        : `stack ${stack} has no orchestrator called ${api}; it has ${known}, by whatever hyphens and capitals`,
    );
  if (others.length > 0)
    throw new CommandError(
      `stack ${stack} has several orchestrators: ${known}; say which with --api`,
      EXIT.usage,
    );
  return prefix;
}

function missing(what: string): never {
  throw new CommandError(`${what}; deploy the stack again with the version of this command line`);
}
