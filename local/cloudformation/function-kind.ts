import { join } from 'node:path';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from '../aws/account.js';
import { LambdaFunction } from '../aws/lambda/lambda-function.js';
import type { Deploy } from './resource-kinds.js';
import { UnsupportedTemplateError } from './template.js';

export interface FunctionKindOptions {
  /** Where synthesis put the assets. */
  readonly assemblyDirectory: string;
  readonly hostFile: string;
  readonly endpoint: string;
  readonly onLog: (line: string) => void;
  /** Whether functions log what they do in detail. */
  readonly verbose: boolean;
  readonly onDeployed: (lambdaFunction: LambdaFunction) => void;
}

/** AWS::Lambda::Function: the bundled asset in processes of its own, with the template's environment and limits. */
export function functionKind(options: FunctionKindOptions): Deploy {
  return ({ logicalId, properties }) => {
    const name = properties.text('FunctionName') ?? logicalId;
    const code = properties.group('Code');
    code.inert('S3Bucket');
    const variables = properties.group('Environment').record('Variables');
    const runtime = properties.requiredText('Runtime');
    if (!runtime.startsWith('nodejs'))
      throw new UnsupportedTemplateError([`${logicalId}: runtime ${runtime} is not emulated`]);
    const lambdaFunction = new LambdaFunction({
      name,
      codeDirectory: join(options.assemblyDirectory, assetDirectory(code.requiredText('S3Key'))),
      handler: properties.requiredText('Handler'),
      timeoutSeconds: properties.number('Timeout', 3),
      memoryMb: properties.number('MemorySize', 128),
      reservedConcurrency: properties.optionalNumber('ReservedConcurrentExecutions'),
      variables: { ...asTexts(variables), ...runtimeEnvironment(options) },
      hostFile: options.hostFile,
      onLog: options.onLog,
    });
    // A VPC changes what a function can reach, and on this machine it can reach everything.
    properties.inert('VpcConfig');
    properties.inert(
      'Role',
      'Architectures',
      'LoggingConfig',
      'TracingConfig',
      'RecursiveLoop',
      'Tags',
      'Description',
    );
    options.onDeployed(lambdaFunction);
    const arn = `arn:aws:lambda:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:function:${name}`;
    return Promise.resolve({ ref: name, attributes: { Arn: arn } });
  };
}

/** `<hash>.zip` in the bucket of assets is the directory `asset.<hash>` before it is published. */
function assetDirectory(s3Key: string): string {
  return `asset.${s3Key.replace(/\.zip$/, '')}`;
}

/** What Lambda itself would provide: a Region, credentials, a log level and, here, the way to the local endpoint. */
function runtimeEnvironment({
  endpoint,
  verbose,
}: Pick<FunctionKindOptions, 'endpoint' | 'verbose'>): Record<string, string> {
  return {
    AWS_REGION: LOCAL_REGION,
    AWS_DEFAULT_REGION: LOCAL_REGION,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: endpoint,
    ...(verbose ? { AWS_LAMBDA_LOG_LEVEL: 'DEBUG' } : {}),
  };
}

function asTexts(record: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));
}
