/** `npm run screenshots`: drives a local run through its page and keeps what it looks like in `docs/`. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { startBrowser } from '../../../support/browser.js';
import { startPagedRun } from '../../../support/live-page.js';

const DOCS = join(import.meta.dirname, '..', '..', '..', '..', '..', 'docs');

const paged = await startPagedRun();
const browser = await startBrowser();

async function open(width: number, height: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.goto(paged.page.url);
  await page.locator('#connection[data-state="live"]').waitFor();
  return page;
}

try {
  const light = await open(1_280, 1_000, 'light');
  const [dark, phone] = [await open(1_280, 1_000, 'dark'), await open(375, 900, 'light')];
  const act = (name: string) => light.locator(`[data-action="${name}"]`).click();
  const sentence = (pattern: RegExp) => light.locator('#sentence').getByText(pattern).waitFor();
  const keep = (page: Page, name: string) => page.screenshot({ path: join(DOCS, `live-page-${name}.png`) });

  await act('start-BATCH');
  await light.waitForTimeout(6_000);
  await act('start-NORMAL');
  await act('start-HIGH');
  await light.waitForTimeout(12_000);
  await light.locator('#kill').click();
  await light.waitForTimeout(20_000);
  await act('start-BATCH');
  await act('start-BATCH');
  await light.waitForTimeout(12_000);
  await act('start-NORMAL');
  await act('start-HIGH');
  await act('start-NORMAL');
  await sentence(/BATCH waits behind/);
  await light.waitForTimeout(3_000);
  await keep(light, 'light');
  await act('refuse');
  await sentence(/the gate opens in/);
  await keep(dark, 'dark');
  await act('pause-BATCH');
  await sentence(/^BATCH waits because of a pause/);
  await keep(phone, 'phone');
} finally {
  await browser.close();
  await paged.stop();
}
