/** The process behind `startJudgedApi`: serves one judged API and does nothing else. */
import type { CallEvent } from './call-book.js';
import type { JudgedApi } from './judged-api.js';
import type { Latency } from './latency.js';
import { startLegacyApi } from './legacy-api.js';
import { startLegacyApiForwarder } from './legacy-api-forwarder.js';
import type { BookEntry } from './nasty/nasty-book.js';
import { startNastyApi } from './nasty/nasty-api.js';
import type { FromProcess, JudgedApiSettings, ToProcess } from './process-protocol.js';

type ServedApi = JudgedApi & {
  setLatency?(latency: Latency): void;
  refuseFor?(durationMs: number): void;
  book?(): readonly BookEntry[];
};

function say(message: FromProcess): void {
  process.send?.(message);
}

function start(settings: JudgedApiSettings): Promise<ServedApi> {
  const onCall = (event: CallEvent) => say({ kind: 'call', event, timeOriginMs: performance.timeOrigin });
  switch (settings.kind) {
    case 'simulated':
      return startLegacyApi({ ...settings, onCall });
    case 'nasty':
      return startNastyApi({ ...settings, onCall });
    case 'forwarded':
      return startLegacyApiForwarder({ ...settings, onCall });
  }
}

async function obey(api: ServedApi, message: ToProcess): Promise<void> {
  switch (message.kind) {
    case 'figures':
      say({ kind: 'figures', id: message.id, figures: api.figures() });
      break;
    case 'book': {
      const { timeOrigin: timeOriginMs } = performance;
      say({ kind: 'book', id: message.id, entries: api.book?.() ?? [], timeOriginMs });
      break;
    }
    case 'setLimits':
      api.setLimits(message.limits);
      break;
    case 'setLatency':
      api.setLatency?.(message.latency);
      break;
    case 'refuseFor':
      api.refuseFor?.(message.durationMs);
      break;
    case 'stop':
      await api.stop();
      process.disconnect();
  }
}

async function serve(settings: JudgedApiSettings): Promise<void> {
  try {
    const api = await start(settings);
    process.on('message', (message: ToProcess) => void obey(api, message));
    say({ kind: 'listening', url: api.url });
  } catch (error) {
    say({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
  }
}

process.once('message', (settings: JudgedApiSettings) => void serve(settings));
// The parent is gone, or we have stopped: nothing may be left running.
process.on('disconnect', () => process.exit(0));
// A terminal sends Ctrl-C to the whole group; the parent decides when this process ends.
process.on('SIGINT', () => undefined);
