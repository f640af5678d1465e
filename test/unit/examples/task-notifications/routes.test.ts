import { ROUTES, type Service } from '../../../../examples/task-notifications/service/routes.js';
import type { Task } from '../../../../examples/task-notifications/service/task.js';

const CONTENT = { title: 'Count the stock', assignee: 'ada@example.com', dueAt: '2030-01-31T12:00:00.000Z' };

/** A service in memory, and what it did in order. */
function aService() {
  const tasks = new Map<string, Task>();
  const did: string[] = [];
  let revisions = 0;
  let failing = false;
  const service: Service = {
    newRevision: () => `r${(revisions += 1)}`,
    nowMs: () => Date.parse('2030-01-01T00:00:00Z'),
    tasks: {
      find: (id) => Promise.resolve(tasks.get(id)),
      list: () => Promise.resolve([...tasks.values()]),
      save: (task, replaced) => {
        if (tasks.get(task.id)?.revision !== replaced) return Promise.resolve(false);
        did.push(`save ${task.revision}`);
        tasks.set(task.id, task);
        return Promise.resolve(true);
      },
      remove: ({ id }) => {
        did.push(`remove ${id}`);
        return Promise.resolve(tasks.delete(id));
      },
    },
    notifications: {
      announce: ({ revision }) => {
        if (failing) return Promise.reject(new Error('Step Functions is away'));
        did.push(`announce ${revision}`);
        return Promise.resolve();
      },
      cancelReminder: ({ revision }) => {
        did.push(`cancel ${revision}`);
        return Promise.resolve();
      },
      digests: (day, all) =>
        Promise.resolve({ started: all.length, before: 0, failed: day === '2030-12-31' ? 1 : 0 }),
    },
  };
  const ask = (route: string, id = '', body?: unknown) => {
    const answer = ROUTES[route];
    if (answer === undefined) throw new Error(`there is no route ${route}`);
    return answer(service, { id, body });
  };
  return { ask, did, tasks, fail: (now: boolean) => (failing = now) };
}

describe('PUT /tasks/{id}', () => {
  it('stores a task, then tells of it', async () => {
    const { ask, did } = aService();

    const { status, body } = await ask('PUT /tasks/{id}', 'stock', CONTENT);

    expect(status).toBe(201);
    expect(body).toEqual({ ...CONTENT, id: 'stock', revision: 'r1', assignedIn: 'r1' });
    expect(did).toEqual(['save r1', 'announce r1']);
  });

  it('takes the old reminder back before it changes a task', async () => {
    const { ask, did } = aService();
    await ask('PUT /tasks/{id}', 'stock', CONTENT);

    const { status } = await ask('PUT /tasks/{id}', 'stock', { ...CONTENT, title: 'Count it again' });

    expect(status).toBe(200);
    expect(did.slice(2)).toEqual(['cancel r1', 'save r2', 'announce r2']);
  });

  it('tells of the same revision when a request is repeated whose mails could not be started', async () => {
    const { ask, did, fail } = aService();
    fail(true);
    await expect(ask('PUT /tasks/{id}', 'stock', CONTENT)).rejects.toThrow('Step Functions is away');
    fail(false);

    await ask('PUT /tasks/{id}', 'stock', CONTENT);

    expect(did).toEqual(['save r1', 'announce r1']);
  });

  it('refuses with every fault at once, and stores nothing', async () => {
    const { ask, did } = aService();

    expect(await ask('PUT /tasks/{id}', 'Stock!', { title: '' })).toEqual({
      status: 400,
      body: {
        faults: [
          'id: expected 1 to 64 characters a-z, 0-9 and -',
          'title: expected one line',
          expect.stringMatching(/^assignee: /),
        ],
      },
    });
    expect(did).toEqual([]);
  });

  it('answers 409 where somebody else was quicker, and tells nobody', async () => {
    const { ask, did, tasks } = aService();
    await ask('PUT /tasks/{id}', 'stock', CONTENT);
    const [stored] = tasks.values();
    let looks = 0;
    tasks.get = () => (looks++ === 0 || stored === undefined ? stored : { ...stored, revision: 'other' });

    const { status } = await ask('PUT /tasks/{id}', 'stock', { ...CONTENT, title: 'Count it again' });

    expect(status).toBe(409);
    expect(did.slice(2)).toEqual(['cancel r1']);
  });
});

describe('DELETE /tasks/{id}', () => {
  it('takes the reminder back, then removes the task', async () => {
    const { ask, did } = aService();
    await ask('PUT /tasks/{id}', 'stock', CONTENT);

    expect(await ask('DELETE /tasks/{id}', 'stock')).toEqual({ status: 204 });
    expect(did.slice(2)).toEqual(['cancel r1', 'remove stock']);
    expect((await ask('GET /tasks/{id}', 'stock')).status).toBe(404);
  });

  it('may be repeated', async () => {
    expect(await aService().ask('DELETE /tasks/{id}', 'stock')).toEqual({ status: 204 });
  });
});

describe('GET', () => {
  it('reads one task, and all of them', async () => {
    const { ask } = aService();
    await ask('PUT /tasks/{id}', 'stock', CONTENT);
    const { body: task } = await ask('GET /tasks/{id}', 'stock');

    expect(task).toMatchObject(CONTENT);
    expect(await ask('GET /tasks')).toEqual({ status: 200, body: { tasks: [task] } });
  });
});

describe('POST /digests', () => {
  it('says what was started', async () => {
    const { ask } = aService();
    await ask('PUT /tasks/{id}', 'stock', CONTENT);

    expect(await ask('POST /digests', '', { day: '2030-01-31' })).toEqual({
      status: 202,
      body: { started: 1, before: 0, failed: 0 },
    });
  });

  it('asks to be repeated where a digest could not be started', async () => {
    expect((await aService().ask('POST /digests', '', { day: '2030-12-31' })).status).toBe(503);
  });

  it.each([undefined, null, {}, { day: 'today' }])('refuses a day like that of %j', async (body) => {
    expect((await aService().ask('POST /digests', '', body)).status).toBe(400);
  });
});
