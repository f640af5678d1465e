import { parseContent, revise, type Task } from '../../../../examples/task-notifications/service/task.js';

const NOW_MS = Date.parse('2030-01-01T00:00:00Z');
const CONTENT = { title: 'Count the stock', assignee: 'ada@example.com' };
const TASK: Task = { ...CONTENT, id: 'stock', revision: 'r1', assignedIn: 'r1' };

describe('revise', () => {
  it('assigns a new task in its first revision', () => {
    expect(revise(undefined, 'stock', CONTENT, () => 'r1')).toEqual(TASK);
  });

  it('leaves a task alone whose content is the same', () => {
    expect(revise(TASK, 'stock', { ...CONTENT }, () => 'r2')).toBe(TASK);
  });

  it('keeps the revision of the assignment where only the rest changes', () => {
    const changed = revise(TASK, 'stock', { ...CONTENT, title: 'Count it again' }, () => 'r2');

    expect(changed).toMatchObject({ revision: 'r2', assignedIn: 'r1' });
  });

  it('assigns the task anew with another assignee, and when it comes back', () => {
    const there = revise(TASK, 'stock', { ...CONTENT, assignee: 'bo@example.com' }, () => 'r2');
    const back = revise(there, 'stock', CONTENT, () => 'r3');

    expect(there.assignedIn).toBe('r2');
    expect(back.assignedIn).toBe('r3');
  });
});

describe('parseContent', () => {
  const due = (dueAt: string) => parseContent({ ...CONTENT, dueAt }, NOW_MS);

  it('keeps instants in one form, so that the same task is the same', () => {
    expect(due('2030-01-31T13:00:00+01:00')).toEqual({
      kind: 'content',
      content: { ...CONTENT, dueAt: '2030-01-31T12:00:00.000Z' },
    });
  });

  it('refuses a task that is due when its reminder can no longer wait', () => {
    expect(due('2030-10-28T00:00:00Z').kind).toBe('content');
    expect(due('2030-10-28T00:00:01Z')).toEqual({
      kind: 'refused',
      faults: ['dueAt: expected an instant at most 300 days from now'],
    });
  });

  it('names every fault at once', () => {
    expect(parseContent({ title: 'two\nlines', assignee: 'nobody', dueAt: 'soon' }, NOW_MS)).toEqual({
      kind: 'refused',
      faults: [
        'title: expected one line',
        'assignee: expected a mail address',
        'dueAt: expected an ISO 8601 instant such as 2030-01-31T12:00:00Z',
      ],
    });
  });
});
