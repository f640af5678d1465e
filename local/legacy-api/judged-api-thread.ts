/** The thread behind `startJudgedApi`: serves one judged API and does nothing else. */
import { parentPort, workerData } from 'node:worker_threads';
import type { CallEvent } from './call-book.js';
import type { JudgedApi } from './judged-api.js';
import type { Latency } from './latency.js';
import { startLegacyApi } from './legacy-api.js';
import { startLegacyApiForwarder } from './legacy-api-forwarder.js';
import type { FromThread, JudgedApiSettings, ToThread } from './thread-protocol.js';

type ServedApi = JudgedApi & { setLatency?(latency: Latency): void };

const say = (message: FromThread) => parentPort?.postMessage(message);

function start(settings: JudgedApiSettings): Promise<ServedApi> {
  const onCall = (event: CallEvent) => say({ kind: 'call', event, timeOriginMs: performance.timeOrigin });
  return settings.kind === 'simulated'
    ? startLegacyApi({ ...settings, onCall })
    : startLegacyApiForwarder({ ...settings, onCall });
}

async function obey(api: ServedApi, message: ToThread): Promise<void> {
  switch (message.kind) {
    case 'figures':
      return say({ kind: 'figures', id: message.id, figures: api.figures() });
    case 'setLimits':
      return api.setLimits(message.limits);
    case 'setLatency':
      return api.setLatency?.(message.latency);
    case 'stop':
      await api.stop();
      say({ kind: 'stopped' });
      parentPort?.close();
  }
}

try {
  const api = await start(workerData as JudgedApiSettings);
  parentPort?.on('message', (message: ToThread) => void obey(api, message));
  say({ kind: 'listening', url: api.url });
} catch (error) {
  say({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
}
