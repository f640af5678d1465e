import { fill } from '../../../../infra/asl.js';
import { rateLimitedCallDefinition } from '../../../../infra/rate-limited-call.js';
import type { OrchestratorConfigInput } from '../../../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../../../lambdas/core/config/parse-config.js';
import type { Lane } from '../../../../lambdas/core/contracts/lane.js';
import { parseTaskRequest, type TaskRequest } from '../../../../lambdas/core/contracts/task-request.js';
import { aLegacyApi } from '../../../infra/support/a-legacy-api.js';
import type { TestService } from '../../support/service.js';

export const queueUrl = (lane: Lane) => `https://sqs.eu-west-1.amazonaws.com/000000000000/${lane}`;

export const doorbellUrl = 'https://sqs.eu-west-1.amazonaws.com/000000000000/doorbell';

/** The definition as CloudFormation leaves it. */
export function rateLimitedCall(more: Partial<OrchestratorConfigInput> = {}): string {
  return fill(rateLimitedCallDefinition(parseConfig(aLegacyApi(more))), {
    Partition: 'aws',
    QueueUrlHigh: queueUrl('HIGH'),
    QueueUrlNormal: queueUrl('NORMAL'),
    QueueUrlBatch: queueUrl('BATCH'),
    QueueUrlNormalOverflow: queueUrl('NORMAL_OVERFLOW'),
    DoorbellUrl: doorbellUrl,
    TableName: 'the-table',
  });
}

export interface SentMessage {
  readonly QueueUrl: string;
  readonly MessageBody: Readonly<Record<string, unknown>>;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

export function sentBy(service: TestService): readonly SentMessage[] {
  return service.sent as SentMessage[];
}

/** The last message as the worker reads it; throws if it is not a task request. */
export function lastRequest(service: TestService): TaskRequest {
  const parsed = parseTaskRequest(JSON.stringify(sentBy(service).at(-1)?.MessageBody));
  if (parsed.kind === 'malformed') throw new Error(parsed.faults.join('; '));
  return parsed.request;
}
