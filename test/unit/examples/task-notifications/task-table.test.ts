import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { TaskTable } from '../../../../examples/task-notifications/service/task-table.js';
import type { Task } from '../../../../examples/task-notifications/service/task.js';
import { startTableService, type TableService } from '../../../../local/aws/table-service.js';

const TASK: Task = {
  ...{ id: 'stock', title: 'Count the stock', assignee: 'ada@example.com' },
  ...{ dueAt: '2030-01-31T12:00:00Z', revision: 'r1', assignedIn: 'r1' },
};

describe('TaskTable', () => {
  let service: TableService;
  let dynamo: DynamoDBClient;
  let table: TaskTable;

  beforeAll(async () => {
    service = await startTableService();
    await service.createTable({
      TableName: 'tasks',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    dynamo = new DynamoDBClient({
      ...{ endpoint: `http://127.0.0.1:${service.port}`, region: 'us-east-1' },
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    table = new TaskTable(dynamo, 'tasks');
  });

  afterAll(async () => {
    dynamo.destroy();
    await service.stop();
  });

  it('gives a task back as it was stored', async () => {
    const { dueAt, ...undated } = { ...TASK, id: 'undated' };

    expect(dueAt).toBeDefined();
    expect(await table.save(TASK, undefined)).toBe(true);
    expect(await table.save(undated, undefined)).toBe(true);
    expect(await table.find('stock')).toEqual(TASK);
    expect(await table.list()).toEqual([TASK, undated]);
  });

  it('stores nothing over a revision that it was not told of', async () => {
    expect(await table.save({ ...TASK, title: 'mine' }, undefined)).toBe(false);
    expect(await table.save({ ...TASK, title: 'mine' }, 'r0')).toBe(false);
    expect(await table.save({ ...TASK, title: 'mine', revision: 'r2' }, 'r1')).toBe(true);
    expect((await table.find('stock'))?.title).toBe('mine');
  });

  it('removes the revision that it is told of, and no other', async () => {
    expect(await table.remove(TASK)).toBe(false);
    expect(await table.remove({ ...TASK, revision: 'r2' })).toBe(true);
    expect(await table.find('stock')).toBeUndefined();
    expect(await table.remove(TASK)).toBe(true);
  });
});
