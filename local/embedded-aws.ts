import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from './aws/account.js';
import { inReverse } from './cleanups.js';
import type { Deployment } from './aws/deployment-api.js';
import { EventBus } from './aws/event-bus.js';
import { eventsApi } from './aws/events-api.js';
import type { EventSourceMapping } from './aws/event-source-mapping.js';
import type { SqsFront } from './aws/forward-to-sqs.js';
import { type Gateway, startGateway } from './aws/gateway.js';
import type { HttpApi } from './aws/http-api/http-api.js';
import { type BucketService, startBucketService } from './aws/bucket-service.js';
import { buildHost } from './aws/lambda/build-host.js';
import type { LambdaFunction } from './aws/lambda/lambda-function.js';
import { cloudWatchApi } from './aws/metrics/cloudwatch-api.js';
import { publishedIn } from './aws/metrics/emf.js';
import { MetricStore } from './aws/metrics/metric-store.js';
import { type QueueContents, type QueueService, startQueueService } from './aws/queue-service.js';
import { secretsApi } from './aws/secrets-api.js';
import { sdkIntegration } from './aws/sdk-integration.js';
import { sendMessageIntegration } from './aws/send-message-integration.js';
import { updateItemIntegration } from './aws/update-item-integration.js';
import type { StatusChange } from './aws/step-functions/status-change.js';
import { StepFunctions } from './aws/step-functions/step-functions.js';
import { systemTimers } from './aws/step-functions/timers.js';
import { startTableService, type TableService } from './aws/table-service.js';
import { bucketKind } from './cloudformation/bucket-kind.js';
import { deploy } from './cloudformation/deploy.js';
import { functionKind } from './cloudformation/function-kind.js';
import { httpApiKinds } from './cloudformation/http-api-kinds.js';
import { mappingKind } from './cloudformation/mapping-kind.js';
import { type DeployedQueue, queueKind } from './cloudformation/queue-kind.js';
import { ruleKind } from './cloudformation/rule-kind.js';
import { stateMachineKind } from './cloudformation/state-machine-kind.js';
import { tableKind } from './cloudformation/table-kind.js';
import type { Template } from './cloudformation/template.js';

export interface EmbeddedAwsOptions {
  readonly template: Template;
  /** Where synthesis put the template and its assets. */
  readonly assemblyDirectory: string;
  /** Of the AWS endpoint; HTTP APIs follow from two above it. 0 takes any free ports. */
  readonly port: number;
  readonly onStatusChange?: (change: StatusChange) => void;
  /** Messages that somebody received. */
  readonly onDelivery?: SqsFront['onReceive'] | undefined;
  /** A receive, as it is asked for. */
  readonly onAsk?: SqsFront['onAsk'];
  /** A line that a function wrote, or that tells of its end. */
  readonly onLog?: (line: string) => void;
  /** Whether functions log what they do in detail. @default false */
  readonly verbose?: boolean | undefined;
}

/** A stack that runs on this machine. */
export interface EmbeddedAws {
  /** All that a client needs, as `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly functions: readonly LambdaFunction[];
  readonly queues: readonly DeployedQueue[];
  readonly httpApis: readonly HttpApi[];
  contents(queueName: string): QueueContents;
  /** Messages handed out so far from this queue, each delivery counted. */
  receives(queueName: string): number;
  /** Ends every process, connection and timer; nothing is left running. */
  stop(): Promise<void>;
}

/** The port beside the AWS endpoint's own is often somebody else's already. */
const FIRST_HTTP_API = 2;

interface Services {
  readonly queueService: QueueService;
  readonly tableService: TableService;
  readonly bucketService: BucketService;
  readonly stepFunctions: StepFunctions;
  readonly bus: EventBus;
  readonly gateway: Gateway;
  readonly sqs: SQSClient;
  readonly receives: ReadonlyMap<string, number>;
  readonly metrics: MetricStore;
}

/** Stands up what the template says, on the loopback interface, behind one port. */
export async function startEmbeddedAws(options: EmbeddedAwsOptions): Promise<EmbeddedAws> {
  const cleanups: (() => unknown)[] = [];
  const stop = () => inReverse(cleanups);
  try {
    const standing: { deployment?: Deployment } = {};
    const services = await startServices(options, cleanups, () => standing.deployment);
    const stack = await deployStack(options, services, cleanups);
    standing.deployment = {
      outputs: stack.outputs,
      variablesOf: (name) => stack.functions.find((candidate) => candidate.name === name)?.variables,
    };
    return {
      endpoint: services.gateway.endpoint,
      ...stack,
      contents: (queueName) => services.queueService.contents(queueName),
      receives: (queueName) => services.receives.get(queueName) ?? 0,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startServices(
  options: EmbeddedAwsOptions,
  cleanups: (() => unknown)[],
  deployment: () => Deployment | undefined,
): Promise<Services> {
  const receives = new Map<string, number>();
  const metrics = new MetricStore();
  const queueService = await startQueueService();
  cleanups.push(() => queueService.stop());
  const tableService = await startTableService();
  cleanups.push(() => tableService.stop());
  const bucketService = await startBucketService();
  cleanups.push(() => bucketService.stop());
  const bus = new EventBus();
  cleanups.push(() => bus.stop());
  const stepFunctions: StepFunctions = new StepFunctions({
    region: LOCAL_REGION,
    accountId: LOCAL_ACCOUNT_ID,
    timers: systemTimers,
    objects: bucketService,
    integrations: {
      'arn:aws:states:::sqs:sendMessage': (args) => sendMessageIntegration(sqs, args),
      'arn:aws:states:::dynamodb:updateItem': (args) => updateItemIntegration(dynamo, args),
      'arn:aws:states:::aws-sdk:sfn:describeMapRun': (args) =>
        sdkIntegration((body) => stepFunctions.handle('AWSStepFunctions.DescribeMapRun', body), 'Sfn', args),
    },
    onStatusChange: (detail) => {
      options.onStatusChange?.(detail);
      bus.put({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: { ...detail },
      });
    },
  });
  const gateway = await startGateway({
    port: options.port,
    queueService,
    tableService,
    bucketService,
    stepFunctions: (target, body) => stepFunctions.handle(target, body),
    cloudWatch: cloudWatchApi(metrics),
    events: eventsApi(bus),
    secrets: secretsApi(),
    onReceive: (queueName, messages, receiver) => {
      receives.set(queueName, (receives.get(queueName) ?? 0) + messages.length);
      options.onDelivery?.(queueName, messages, receiver);
    },
    onAsk: options.onAsk,
    deployment,
  });
  cleanups.push(() => gateway.stop());
  const settings = {
    endpoint: gateway.endpoint,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    requestHandler: { httpAgent: { keepAlive: true, maxSockets: 256 } },
  };
  const sqs = new SQSClient(settings);
  const dynamo = new DynamoDBClient(settings);
  cleanups.push(
    () => sqs.destroy(),
    () => dynamo.destroy(),
    () => stepFunctions.stop(),
  );
  return { queueService, tableService, bucketService, stepFunctions, bus, gateway, sqs, receives, metrics };
}

async function deployStack(
  { template, assemblyDirectory, port, onLog = () => undefined, verbose = false }: EmbeddedAwsOptions,
  { queueService, tableService, bucketService, stepFunctions, bus, gateway, sqs, metrics }: Services,
  cleanups: (() => unknown)[],
): Promise<Pick<EmbeddedAws, 'outputs' | 'functions' | 'queues' | 'httpApis'>> {
  const workDirectory = await mkdtemp(join(tmpdir(), 'local-run-'));
  cleanups.push(() => rm(workDirectory, { recursive: true, force: true }));
  const hostFile = await buildHost(workDirectory);
  const functions: LambdaFunction[] = [];
  const queues: DeployedQueue[] = [];
  const mappings: (() => EventSourceMapping)[] = [];
  const httpApis: HttpApi[] = [];
  const queueByArn = (arn: string) => queues.find((queue) => queue.arn === arn);
  const functionByName = (name: string) => functions.find((candidate) => candidate.name === name);
  const { endpoint, queueUrl } = gateway;
  const table = tableKind(tableService);
  const outputs = await deploy(template, {
    'AWS::SQS::Queue': queueKind(queueService, queueUrl, (queue) => queues.push(queue)),
    'AWS::S3::Bucket': bucketKind(bucketService),
    'AWS::DynamoDB::Table': table,
    'AWS::DynamoDB::GlobalTable': table,
    'AWS::Lambda::Function': functionKind({
      ...{ assemblyDirectory, hostFile, endpoint, verbose },
      onLog: (line) => {
        for (const published of publishedIn(line)) metrics.add(published);
        onLog(line);
      },
      onDeployed: (deployed) => functions.push(deployed),
    }),
    'AWS::Lambda::EventSourceMapping': mappingKind({
      ...{ sqs, queueByArn, functionByName },
      onDeployed: (start) => mappings.push(start),
    }),
    'AWS::Events::Rule': ruleKind({
      ...{ bus, queueByArn },
      send: async (url, body) => {
        await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body }));
      },
    }),
    'AWS::StepFunctions::StateMachine': stateMachineKind(stepFunctions),
    ...httpApiKinds({
      functionByName,
      nextPort: () => (port === 0 ? 0 : port + FIRST_HTTP_API + httpApis.length),
      onDeployed: (api) => {
        httpApis.push(api);
        cleanups.push(() => api.stop());
      },
    }),
  });
  const started = mappings.map((start) => start());
  cleanups.push(() => {
    // Both at once: pollers wait for their functions, and functions are not to be started again by pollers.
    return Promise.all([...started, ...functions].map((part) => part.stop()));
  });
  return { outputs, functions, queues, httpApis };
}
