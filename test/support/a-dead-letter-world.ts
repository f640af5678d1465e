import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import type { TaskRequestBody } from '../../lambdas/core/contracts/task-request.js';
import type {
  DeadLetter,
  DeadLetterEvent,
  DeadLetterPorts,
  ParkedLetter,
} from '../../lambdas/core/dead-letters/dead-letter.js';
import { handleDeadLetter } from '../../lambdas/core/dead-letters/handle-dead-letter.js';
import { aConfig } from './a-config.js';
import { aTaskRequestBody } from './a-task-request.js';
import { crossing } from './crossing.js';
import { InMemoryLedger } from './in-memory-ledger.js';
import { Journal } from './journal.js';
import { ScriptedCallback } from './scripted-callback.js';
import { START_MS, VirtualClock } from './virtual-clock.js';

/** A dead letter: a task request that was received 21 times since virtual time began. */
export function aDeadLetter(more: Partial<TaskRequestBody> = {}): DeadLetter {
  const body = JSON.stringify(aTaskRequestBody(more));
  return { body, receiptHandle: 'receipt', receiveCount: 21, enqueuedAtMs: START_MS };
}

/** Everything that the handling of dead letters touches, in memory and in virtual time. */
export function aDeadLetterWorld() {
  const clock = new VirtualClock();
  const journal = new Journal(clock);
  const ledger = new InMemoryLedger(journal);
  const callback = new ScriptedCallback(clock, journal);
  const broken = new Set<'park' | 'defer'>();
  const parked: ParkedLetter[] = [];
  const events: DeadLetterEvent[] = [];
  const ports: DeadLetterPorts = {
    ...{ clock, ledger, callback },
    queue: {
      defer: async (_letter, delayMs) => {
        await crossing(broken.has('defer'), 'SQS cannot be reached: defer');
        journal.write(`defer by ${delayMs}`);
      },
    },
    parking: {
      park: async (letter) => {
        await crossing(broken.has('park'), 'SQS cannot be reached: park');
        journal.write('park');
        parked.push(letter);
      },
    },
    fingerprint: (text) => `fingerprint of ${text}`,
    telemetry: { record: (event) => events.push(event) },
  };
  const handle = (letter: DeadLetter, config: OrchestratorConfig = aConfig()) =>
    clock.run(handleDeadLetter(ports, config, letter));
  return { clock, journal, ledger, callback, broken, parked, events, handle };
}
