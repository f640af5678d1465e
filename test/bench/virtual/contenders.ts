import { POLLERS, type PollerBehaviour } from '../../simulation/event-source-mapping.js';
import type { Row } from '../row.js';
import type { Workload } from '../workload.js';
import { type Line, oneLine, threeLines } from './lines.js';
import { MappedWorld } from './mapped-world.js';
import { runOurWorker } from './our-worker.js';
import { virtualRow } from './virtual-row.js';

export interface VirtualContender {
  readonly name: string;
  readonly run: (workload: Workload, pollers: PollerBehaviour) => Promise<Row>;
}

/** The least that a mapping takes. */
const MAXIMUM_CONCURRENCY_LEAST = 2;

export function virtualContenders(slots: number): readonly VirtualContender[] {
  const upToAll = Math.max(MAXIMUM_CONCURRENCY_LEAST, slots);
  const shares = [...new Set([MAXIMUM_CONCURRENCY_LEAST, upToAll])];
  return [
    { name: 'our worker', run: runOurWorker },
    ...shares.map((maximum) => mapped(`three mappings, ${maximum} each`, threeLines(maximum))),
    mapped('one line, no priorities', oneLine(upToAll)),
  ];
}

/** Runs one contender under every assumption about throttled pollers: one row where none of them makes a difference. */
export async function runUnderEveryAssumption(
  { run }: VirtualContender,
  workload: Workload,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const pollers of POLLERS) rows.push(await run(workload, pollers));
  const figures = rows.map(({ pollers, ...rest }) => ({ pollers, rest, text: JSON.stringify(rest) }));
  const [first] = figures;
  return first !== undefined && figures.every(({ text }) => text === first.text) ? [first.rest] : rows;
}

export function mapped(name: string, lines: readonly Line[]): VirtualContender {
  return {
    name,
    run: async (workload, pollers) => {
      const world = new MappedWorld(workload, lines, pollers);
      await world.run();
      const { violations, stepFunctions, usage, deadLetteredUnrun } = world;
      const { calls } = world.judge;
      return virtualRow({
        ...{ name, pollers, workload, calls },
        ...{ violations, stepFunctions, usage, deadLetteredUnrun },
      });
    },
  };
}
