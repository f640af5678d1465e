import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is a browser to test with; where there is none, that is said, so that nobody takes it for tested. */
export function hasBrowser(): boolean {
  if (existsSync(CHROMIUM)) return true;
  process.stderr.write(
    `NOT TESTED: no browser at ${CHROMIUM}; install Chromium, or name one in the variable CHROMIUM\n`,
  );
  return false;
}

/** Debian's own Chromium without anything that calls home. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // Root, as in most containers, has no sandbox.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      // Grey edges instead of coloured ones: the same picture on every screen.
      '--disable-lcd-text',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
