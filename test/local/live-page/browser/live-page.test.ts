import type { Browser, Page } from 'playwright-core';
import type { Priority } from '../../../../lambdas/core/contracts/priority.js';
import { hasBrowser, startBrowser } from '../../support/browser.js';
import { type PagedRun, startPagedRun } from '../../support/live-page.js';
import { rloJson } from '../../support/rlo.js';
import { controls, focused, legibility, nameless } from './in-page.js';

const inBrowser = hasBrowser() ? describe : describe.skip;

inBrowser('the page in a browser', () => {
  let paged: PagedRun;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];
  const requested = new Set<string>();

  beforeAll(async () => {
    [paged, browser] = await Promise.all([startPagedRun(), startBrowser()]);
    page = await browser.newPage({ viewport: { width: 1_280, height: 800 } });
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requested.add(new URL(request.url()).origin));
    await page.goto(paged.page.url);
    await page.locator('#connection[data-state="live"]').waitFor();
  }, 90_000);

  afterAll(async () => {
    await browser.close();
    await paged.stop();
  });

  const act = (name: string) => page.locator(`[data-action="${name}"]`).click();
  const appears = (text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 20_000 });
  const sentence = (pattern: RegExp) =>
    page.locator('#sentence').getByText(pattern).waitFor({ timeout: 20_000 });
  const status = () => rloJson(paged.run.aws.endpoint, 'status');
  const figure = (priority: Priority) => page.locator(`.card[data-class="${priority}"] .figure`);
  /** Waits until as few, or as many, wait as that. */
  const waiting = async (priority: Priority, isEnough: (count: number) => boolean) => {
    for (;;) {
      const count = Number(await figure(priority).textContent());
      if (isEnough(count)) return count;
      await page.waitForTimeout(100);
    }
  };

  it('shows queues that fill and drain, and the calls that are made', async () => {
    await act('start-BATCH');
    const most = await waiting('BATCH', (count) => count > 100);
    await sentence(/^BATCH waits because of the limit|^BATCH waits because the API is slow/);
    await waiting('BATCH', (count) => count < most - 20);

    const succeeded = await page.locator('#outcomes tr').first().locator('td').last().textContent();
    expect(Number(succeeded)).toBeGreaterThan(20);
    expect(Number(succeeded)).toBeLessThanOrEqual(paged.calls.length);
    expect(
      await page.locator('#slots :is([data-activity="calls"], [data-activity="holds"])').count(),
    ).toBeGreaterThan(0);
  }, 60_000);

  it('pauses and resumes a class', async () => {
    await act('pause-BATCH');
    await sentence(/BATCH waits because of a pause/);
    expect(await status()).toMatchObject({ paused: ['BATCH'] });

    await page.locator('[data-action="pause-BATCH"][aria-pressed="true"]').click();
    await page.locator('[data-action="pause-BATCH"][aria-pressed="false"]').waitFor();
    expect(await status()).toMatchObject({ paused: [] });
  }, 60_000);

  it('lets a burst of HIGH overtake', async () => {
    const before = paged.calls.length;
    await act('start-NORMAL');
    await act('start-HIGH');
    const called = () => paged.calls.slice(before).map(({ call }) => call.idempotencyKey ?? '');
    while (called().filter((key) => key.startsWith('high')).length < 10) await page.waitForTimeout(100);

    const last = called().findLastIndex((key) => key.startsWith('high'));
    expect(
      called()
        .slice(0, last)
        .filter((key) => key.startsWith('batch')).length,
    ).toBeLessThan(20);
    await waiting('HIGH', (count) => count === 0);
  }, 60_000);

  it('changes the limit, refuses a wrong one in words, and resets it', async () => {
    await page.getByLabel('Our limit').fill('10/1s');
    await page.getByLabel('Our limit').press('Enter');
    await appears('the limit is 10/1s from now on');
    expect(await status()).toMatchObject({ limits: { inForce: [{ calls: 10 }], from: 'control record' } });

    await page.getByLabel('Our limit').fill('1/1s');
    await act('limit');
    await appears(/limit refused, nothing was changed: 1 call per 1 s would leave some of the 5 slots/);

    await act('limit-reset');
    await appears('the configured limit holds again');
    expect(await status()).toMatchObject({ limits: { from: 'configuration' } });
  }, 60_000);

  it('kills a worker, and keeps its place for the call that it may have in flight', async () => {
    await act('start-BATCH');
    await page.locator('#slots [data-activity="calls"]').first().waitFor();
    await page.locator('#kill').click();
    await appears('an invocation crashed: signal SIGKILL');
    await page.locator('#slots [data-activity="died"]').first().waitFor();

    expect(paged.logs.join('\n')).toContain('crashed: signal SIGKILL');
  }, 60_000);

  it('slows the API, and says that it is slow', async () => {
    await act('slow');
    await appears('answers in 500 ms');
    await sentence(/because the API is slow: all 5 slots are in a call/);
    await page.locator('[data-action="slow"][aria-pressed="true"]').click();
    await page.locator('[data-action="slow"][aria-pressed="false"]').waitFor();

    expect(await page.locator('.card[data-class="API"] .reason').innerText()).toContain('answers in 50 ms');
  }, 60_000);

  it('lets the API answer 429, and shows the gate close and slots recover', async () => {
    await act('refuse');
    await sentence(/because the API refused calls and asked for quiet: the gate opens in/);
    expect((await paged.run.legacyApi.figures()).responses429).toBeGreaterThan(0);
    await sentence(/because the API refused calls a moment ago/);
  }, 60_000);

  it('opens the history of an execution, and gives the focus back', async () => {
    const first = page.locator('#rows button').first();
    const name = await first.innerText();
    await first.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name }).getByText('ExecutionStarted').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(name);
  }, 60_000);

  it('filters the executions', async () => {
    await page.getByRole('button', { name: 'Failed', exact: true }).click();
    await appears('Nothing here yet');
    await page.getByRole('button', { name: 'Ended', exact: true }).click();

    await page.locator('#rows [data-phase="succeeded"]').first().waitFor();
    expect(await page.locator('#rows [data-phase="waiting"]').count()).toBe(0);
  }, 60_000);

  it('is within reach of the keyboard, in the order of reading, and shows where the focus is', async () => {
    await page.reload();
    await page.locator('#rows tr').first().waitFor();
    const wanted = await page.evaluate(controls);
    const reached: string[] = [];
    for (let press = 0; press < wanted.length + 10; press += 1) {
      await page.keyboard.press('Tab');
      const now = await page.evaluate(focused);
      if (now === null) break;
      expect(now).toMatchObject({ isVisible: true });
      reached.push(now.name);
    }

    expect(reached.filter((name) => wanted.includes(name))).toEqual(wanted);
  }, 60_000);

  it('has a name for every control', async () => {
    expect(await page.evaluate(nameless)).toEqual([]);
  });

  it.each([
    [1_280, 'light'],
    [1_280, 'dark'],
    [375, 'light'],
    [375, 'dark'],
  ] as const)('fits %d px and can be read on a %s screen', async (width, colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });

    expect(await page.evaluate(legibility)).toEqual({ overflow: 0, weak: [] });
  });

  it('asks nobody but its own server, and has nothing to complain about but the limit that was refused', () => {
    expect([...requested]).toEqual([paged.page.url]);
    expect(complaints).toEqual([expect.stringContaining('status of 400')]);
  });
});
