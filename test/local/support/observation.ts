import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import type { AppRunEvents } from '../../../local/app-run.js';

/** What a stack told of while a test watched it. */
export interface Observation {
  readonly calls: readonly CallEvent[];
  readonly logs: readonly string[];
  /** Resolves with the last status of this execution once it has ended. */
  ended(name: string): Promise<StatusChange>;
}

/** An observation, and the ears to give to the stack. */
export function observe(): { readonly observation: Observation; readonly events: AppRunEvents } {
  const calls: CallEvent[] = [];
  const logs: string[] = [];
  const ends = new Map<string, StatusChange>();
  const waiting = new Map<string, (change: StatusChange) => void>();
  return {
    observation: {
      calls,
      logs,
      ended: (name) =>
        new Promise((resolve) => {
          const end = ends.get(name);
          if (end === undefined) waiting.set(name, resolve);
          else resolve(end);
        }),
    },
    events: {
      onCall: (event) => calls.push(event),
      onLog: (line) => logs.push(line),
      onStatusChange: (change) => {
        if (change.status === 'RUNNING') return;
        ends.set(change.name, change);
        waiting.get(change.name)?.(change);
      },
    },
  };
}
