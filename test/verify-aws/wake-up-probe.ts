import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Deployment, Probe } from './probe.js';

/** Longer than an idle slot lingers, so that each execution finds everything asleep. */
const BETWEEN_MS = 5_000;

/** Beyond this only the sweeper can have woken a slot: the RUNNING event was lost or very late. */
const LOST_AFTER_MS = 15_000;

const GIVE_UP_AFTER_MS = 90_000;

/** How soon an idle stack serves one HIGH execution, over several of them. */
export const wakeUpProbe = (executions: number): Probe => ({
  name: 'wake-up',
  question: 'How late do RUNNING events come, and how often are they lost?',
  assumed: 'Well under a second, lost rarely; the one-minute sweeper bounds the rest.',
  ask: async (deployment) => {
    const latenciesMs: number[] = [];
    for (let started = 0; started < executions; started += 1) {
      latenciesMs.push(await endToEndMs(deployment));
      if (started + 1 < executions) await sleep(BETWEEN_MS);
    }
    const sorted = [...latenciesMs].sort((one, other) => one - other);
    const lost = sorted.filter((ms) => ms > LOST_AFTER_MS).length;
    const median = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
    const seen = `${executions} executions: median ${median} ms, longest ${sorted.at(-1) ?? 0} ms end to end, ${lost} woken by the sweeper`;
    return { seen, asAssumed: undefined };
  },
});

async function endToEndMs({ sfn, stateMachineArn, operation }: Deployment): Promise<number> {
  const input = JSON.stringify({ operation, priority: 'HIGH', idempotencyKey: `verify-${randomUUID()}` });
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input }));
  const giveUpAtMs = performance.now() + GIVE_UP_AFTER_MS;
  while (performance.now() < giveUpAtMs) {
    const { status, startDate, stopDate } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING' && startDate && stopDate) return stopDate.getTime() - startDate.getTime();
    await sleep(1_000);
  }
  throw new Error(`an execution did not end within ${GIVE_UP_AFTER_MS} ms; is the legacy API reachable?`);
}
