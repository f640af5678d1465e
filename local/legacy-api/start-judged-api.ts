import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { CallEvent } from './call-book.js';
import type { LegacyApiFigures } from './figures.js';
import type { Latency } from './latency.js';
import type { BookEntry } from './nasty/nasty-book.js';
import type { Limits } from './rate-limit.js';
import type { FromProcess, JudgedApiSettings, ToProcess } from './process-protocol.js';

/** A judged API in a process of its own. */
export interface JudgedApiProcess {
  readonly url: string;
  figures(): Promise<LegacyApiFigures>;
  /** What the nasty API did to every call, in the order of arrival; empty for any other API. */
  book(): Promise<readonly BookEntry[]>;
  /** For the calls that arrive from shortly after now. */
  setLimits(limits: Limits): void;
  setLatency(latency: Latency): void;
  /** Answers 429 to every call that arrives in this time from now on; only our own API on a good day does. */
  refuseFor(durationMs: number): void;
  stop(): Promise<void>;
}

/**
 * Starts a judged API in a process of its own: were it to share an event loop with queues, tables and workflows, it
 * would read calls late and judge its own lateness. Times in events are this process's `performance.now()`.
 */
export async function startJudgedApi(
  settings: JudgedApiSettings,
  onCall: (event: CallEvent) => void,
): Promise<JudgedApiProcess> {
  const child = fork(fileURLToPath(new URL('./judged-api-process.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const asked = new Map<number, (answer: FromProcess) => void>();
  let questions = 0;
  const tell = (message: ToProcess | JudgedApiSettings) => child.send(message);
  const ask = (kind: 'figures' | 'book') =>
    new Promise<FromProcess>((resolve) => {
      questions += 1;
      asked.set(questions, resolve);
      tell({ kind, id: questions });
    });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      reject(new Error(`the legacy API's process ended with code ${code ?? 'unknown'} before it listened`));
    });
    child.on('message', (message: FromProcess) => {
      switch (message.kind) {
        case 'listening':
          return resolve(message.url);
        case 'refused':
          return reject(new Error(message.reason));
        case 'call':
          return onCall(inOurTime(message.event, message.timeOriginMs));
        case 'figures':
        case 'book':
          asked.get(message.id)?.(message);
          asked.delete(message.id);
      }
    });
    tell(settings);
  });
  return {
    url,
    figures: async () => {
      const answer = await ask('figures');
      if (answer.kind !== 'figures') throw new Error(`asked for figures, got ${answer.kind}`);
      return answer.figures;
    },
    book: async () => {
      const answer = await ask('book');
      if (answer.kind !== 'book') throw new Error(`asked for the book, got ${answer.kind}`);
      const sinceMs = answer.timeOriginMs - performance.timeOrigin;
      return answer.entries.map((entry) => ({
        ...entry,
        atMs: entry.atMs + sinceMs,
        toldAtMs: entry.toldAtMs === undefined ? undefined : entry.toldAtMs + sinceMs,
      }));
    },
    setLimits: (limits) => tell({ kind: 'setLimits', limits }),
    setLatency: (latency) => tell({ kind: 'setLatency', latency }),
    refuseFor: (durationMs) => tell({ kind: 'refuseFor', durationMs }),
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      tell({ kind: 'stop' });
      await exited;
    },
  };
}

/** Each process counts `performance.now()` from its own start. */
function inOurTime(event: CallEvent, timeOriginMs: number): CallEvent {
  const atMs = event.call.atMs + timeOriginMs - performance.timeOrigin;
  return event.kind === 'executed'
    ? { kind: 'executed', call: { ...event.call, atMs } }
    : { kind: event.kind, call: { ...event.call, atMs } };
}
