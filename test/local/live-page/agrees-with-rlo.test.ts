import { byPriority } from '../../../lambdas/core/contracts/priority.js';
import type { Status } from '../../../lambdas/core/status/status.js';
import type { PageState } from '../../../local/live-page/page-state.js';
import { eventually } from '../support/eventually.js';
import { askPage, nextEvent, type PagedRun, startPagedRun } from '../support/live-page.js';
import { rloJson } from '../support/rlo.js';

describe('the page beside rlo status', () => {
  let paged: PagedRun;
  let page: PageState;
  let status: Status;

  beforeAll(async () => {
    paged = await startPagedRun();
    const { url } = paged.page;
    for (const priority of ['HIGH', 'BATCH']) await askPage(url, { kind: 'pause', priority });
    await askPage(url, { kind: 'limit', limit: '10/1s' });
    await askPage(url, { kind: 'start', priority: 'HIGH', count: 3 });
    await askPage(url, { kind: 'start', priority: 'BATCH', count: 7 });
    await eventually(() => paged.run.aws.contents(paged.run.queueNames.BATCH).visible === 7, 10_000);
    status = await rloJson<Status>(paged.run.aws.endpoint, 'status');
    page = await nextEvent<PageState>(url, 'state');
  }, 60_000);

  afterAll(() => paged.stop());

  it('tells the same backlog, limit, gate and pauses', () => {
    const settled = ({ classes, limits, gate, paused, parked, api }: Status) => ({
      ...{ limits, gate, parked, api, paused: [...paused].sort() },
      classes: byPriority((priority) => {
        const { waiting, inFlight, drain, oldestIsAtMost } = classes[priority];
        return { waiting, inFlight, drain, oldestIsAtMost };
      }),
    });

    expect(settled(page.status)).toEqual(settled(status));
    expect(page.status.classes.BATCH.waiting).toBe(7);
  });

  it('tells the same age of the oldest, but for the time between two looks', () => {
    const apartMs = Date.parse(page.status.at) - Date.parse(status.at);

    for (const priority of ['HIGH', 'BATCH'] as const) {
      const [here, there] = [page.status.classes[priority].oldestMs, status.classes[priority].oldestMs];
      expect(Math.abs((here ?? 0) - (there ?? 0) - apartMs)).toBeLessThan(50);
    }
    expect(page.status.classes.NORMAL.oldestMs).toBeNull();
  });

  it('says why they wait', () => {
    expect(page.sentence).toBe('HIGH and BATCH wait because of a pause, which lasts until somebody resumes.');
  });
});
