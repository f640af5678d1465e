import { fill } from '../../infra/asl.js';
import { batchLoadDefinition } from '../../infra/batch-load-definition.js';
import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { TASK_ERRORS } from '../../lambdas/core/contracts/task-errors.js';
import { aLegacyApi } from '../infra/support/a-legacy-api.js';
import { Objects } from './support/distributed-maps.js';
import { TestService } from './support/service.js';

/** The definition as CloudFormation leaves it. */
function batchLoad(more: Partial<OrchestratorConfigInput> = {}): string {
  const config = parseConfig(aLegacyApi({ ...more, batchLoad: {} }));
  const queue = 'https://sqs.eu-west-1.amazonaws.com/000000000000/queue';
  return fill(batchLoadDefinition(config), {
    ...{ Partition: 'aws', Bucket: 'store', DoorbellUrl: queue },
    ...{ QueueUrlHigh: queue, QueueUrlNormal: queue, QueueUrlBatch: queue },
  });
}

function aService(): TestService {
  const describeMapRun = () => Promise.resolve({});
  const integrations = { 'arn:aws:states:::aws-sdk:sfn:describeMapRun': describeMapRun };
  return new TestService({ objects: new Objects(), integrations });
}

const BATCH = { operation: 'createOrder', orderingKeyField: 'customer' };

describe('batch-load that keeps order', () => {
  it('takes the ordering key of each item from its field, and none where there is no such field', async () => {
    const service = aService();
    const items = [{ customer: 'a' }, { customer: 7 }, { order: 1 }, 'text'];

    await service.start(batchLoad({ ordering: 'perKey' }), { ...BATCH, items });

    const keys = service.sent.map(
      (args) => (args as { MessageBody: { orderingKey?: string } }).MessageBody.orderingKey,
    );
    expect(keys).toEqual(['a', '7', undefined, undefined]);
  });

  it('refuses a field without a name', async () => {
    const input = { ...BATCH, orderingKeyField: '', items: [] };

    expect(await aService().run(batchLoad({ ordering: 'perKey' }), input)).toMatchObject({
      error: TASK_ERRORS.invalidRequest,
      cause: 'orderingKeyField: expected the name of a field',
    });
  });
});

describe('batch-load that keeps no order', () => {
  it('refuses ordering keys, and says what to configure', async () => {
    expect(await aService().run(batchLoad(), { ...BATCH, items: [] })).toMatchObject({
      error: TASK_ERRORS.invalidRequest,
      cause:
        'orderingKeyField: no order is kept here; configure ordering as perKey for this orchestrator, or remove the field',
    });
  });
});
