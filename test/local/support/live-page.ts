import { type LivePage, startLivePage, watchRun } from '../../../local/live-page/start-live-page.js';
import { type LocalRun, startLocalRun } from '../../../local/local-run.js';
import { inReverse } from '../../../local/cleanups.js';
import { type Observation, observe } from './observation.js';

/** A local run with its page, as `npm run local` serves it, on free ports. */
export interface PagedRun extends Observation {
  readonly run: LocalRun;
  readonly page: LivePage;
  stop(): Promise<void>;
}

/** Stop it in `afterAll`. */
export async function startPagedRun(): Promise<PagedRun> {
  const options = {
    limits: [{ calls: 20, windowMs: 1_000 }],
    concurrency: 5,
    latency: { medianMs: 50, p99Ms: 50 },
    seed: 1,
    port: 0,
    pagePort: 0,
    legacyUrl: undefined,
    legacyMethod: 'POST',
  };
  const { observation, events } = observe();
  const watch = watchRun(options);
  const run = await startLocalRun(
    { ...options, verbose: true },
    {
      onStatusChange: (change) => {
        events.onStatusChange(change);
        watch.onStatusChange(change);
      },
      onCall: (event) => {
        events.onCall(event);
        watch.onCall(event);
      },
      onLog: (line) => {
        events.onLog(line);
        watch.onLog(line);
      },
    },
  );
  const page = await startLivePage(run, watch, options);
  return { ...observation, run, page, stop: () => inReverse([() => run.stop(), () => page.stop()]) };
}

/** What the page says next: one event of its stream. */
export async function nextEvent<T>(pageUrl: string, name: 'hello' | 'state'): Promise<T> {
  const response = await fetch(`${pageUrl}/events`);
  if (response.body === null) throw new Error('the page sends no events');
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const event = new RegExp(`^event: ${name}\\ndata: (.*)\\n\\n`, 'm').exec(text);
    if (event !== null) return JSON.parse(event[1] ?? '') as T;
  }
  throw new Error(`the page ended before it said ${name}`);
}

/** Asks as the page itself does. */
export function askPage(pageUrl: string, action: unknown): Promise<Response> {
  return fetch(`${pageUrl}/actions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: pageUrl },
    body: JSON.stringify(action),
  });
}
