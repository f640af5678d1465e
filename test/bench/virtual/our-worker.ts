import type { PollerBehaviour } from '../../simulation/event-source-mapping.js';
import type { Scenario } from '../../simulation/scenario.js';
import type { Workload as Plans } from '../../simulation/workloads.js';
import { World } from '../../simulation/world.js';
import type { Row } from '../row.js';
import type { Workload } from '../workload.js';
import { plansOf } from './plans.js';
import { virtualRow } from './virtual-row.js';

/** Runs the shipped slot loop in the simulator's world, without faults. */
export async function runOurWorker(workload: Workload, pollers: PollerBehaviour): Promise<Row> {
  const world = new BenchWorld(workload, pollers);
  await world.run();
  const { usage, violations, stepFunctions, deadLetters } = world;
  // The simulator leaves out what the doorbell's mapping asks of SQS: for each invocation a receive and a delete.
  usage.sqsRequests += 2 * usage.invocations;
  const { calls } = world.judge;
  return virtualRow({
    ...{ name: 'our worker', pollers, workload, calls },
    ...{ violations, stepFunctions, usage, deadLetteredUnrun: deadLetters.unrun },
  });
}

/** The simulator's world with the bench's jobs in place of a workload of its own. */
class BenchWorld extends World {
  override readonly workload: Plans;

  constructor(workload: Workload, pollers: PollerBehaviour) {
    super(scenarioOf(workload, pollers));
    this.workload = { executions: plansOf(workload), outages: [], maintenance: [] };
  }
}

function scenarioOf({ seed, slots, limit, latency, lengthMs }: Workload, pollers: PollerBehaviour): Scenario {
  const faults = new Set<never>();
  return {
    seed,
    workload: 'nightly-batch',
    slots,
    limits: [limit],
    latency,
    faults,
    pollers,
    durationMs: lengthMs,
  };
}
