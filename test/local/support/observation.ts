import type { StatusChange } from '../../../local/aws/step-functions/status-change.js';
import type { CallEvent } from '../../../local/legacy-api/call-book.js';
import type { AppRunEvents } from '../../../local/app-run.js';

/** What a stack told of while a test watched it. */
export interface Observation {
  readonly calls: readonly CallEvent[];
  readonly logs: readonly string[];
  /** Resolves with the last status of this execution once it has ended; after so many redrives, if there are any. */
  ended(name: string, redriveCount?: number): Promise<StatusChange>;
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
      ended: (name, redriveCount = 0) =>
        new Promise((resolve) => {
          const end = ends.get(nth(name, redriveCount));
          if (end === undefined) waiting.set(nth(name, redriveCount), resolve);
          else resolve(end);
        }),
    },
    events: {
      onCall: (event) => calls.push(event),
      onLog: (line) => logs.push(line),
      onStatusChange: (change) => {
        if (change.status === 'RUNNING') return;
        const { name, redriveCount } = change;
        ends.set(nth(name, redriveCount), change);
        waiting.get(nth(name, redriveCount))?.(change);
      },
    },
  };
}

/** An execution's end, told from those after its redrives. */
function nth(name: string, redriveCount: number): string {
  return `${name}/${redriveCount}`;
}
