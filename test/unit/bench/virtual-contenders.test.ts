// Goal: the contenders of the bench keep and lose what they should, so that its table compares what it says.
// Method: one small workload with a fixed seed in virtual time; no figure depends on the machine.
import { POLLERS } from '../../simulation/event-source-mapping.js';
import { idealRow } from '../../bench/ideal.js';
import type { Row } from '../../bench/row.js';
import { mapped, runUnderEveryAssumption, type VirtualContender } from '../../bench/virtual/contenders.js';
import { oneLine, threeLines } from '../../bench/virtual/lines.js';
import { runOurWorker } from '../../bench/virtual/our-worker.js';
import { saturatedBatch } from '../../bench/workload.js';

const SEED = 1;
const SLOTS = 5;
const WORKLOAD = saturatedBatch({ calls: 1_200, seed: SEED, slots: SLOTS });

const OURS: VirtualContender = { name: 'our worker', run: runOurWorker };
const THREE = mapped('three mappings', threeLines(SLOTS));
const LINE = mapped('one line', oneLine(SLOTS));

const p99Of = ({ highWaitMs }: Row) => highWaitMs?.p99 ?? Number.NaN;

describe(`the virtual contenders, seed ${SEED}`, () => {
  it.each([OURS, THREE, LINE])('$name keeps the limit, whatever throttled pollers do', async ({ run }) => {
    for (const pollers of POLLERS) expect((await run(WORKLOAD, pollers)).violations).toBe(0);
  });

  it.each([OURS, THREE])('$name gives the same figures for the same seed', async ({ run }) => {
    expect(await run(WORKLOAD, 'retries')).toEqual(await run(WORKLOAD, 'retries'));
  });

  it('is one row for our worker, of whose bells none is throttled', async () => {
    const rows = await runUnderEveryAssumption(OURS, WORKLOAD);

    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ deadLetteredUnrun: 0 });
    expect(rows[0]?.receivesPerCall).toBeLessThanOrEqual(1.01);
  });

  it('lets our HIGH wait little longer than the ideal queue does', async () => {
    const ideal = p99Of(idealRow(WORKLOAD, 'virtual'));

    expect(p99Of(await runOurWorker(WORKLOAD, 'retries'))).toBeLessThanOrEqual(1.3 * ideal + 100);
  });

  it.each(POLLERS)('delays HIGH more with three mappings where a throttled poller %s', async (pollers) => {
    const ours = await OURS.run(WORKLOAD, pollers);
    const three = await THREE.run(WORKLOAD, pollers);

    expect(p99Of(three)).toBeGreaterThan(2 * p99Of(ours));
    expect(three.receivesPerCall).toBeGreaterThan(1.1);
    expect(three.limitUsedShare).toBeLessThan(ours.limitUsedShare ?? 0);
  });

  it('dead-letters messages unrun with three mappings on one slot where throttled pollers give up', async () => {
    const workload = saturatedBatch({ calls: 1_200, seed: SEED, slots: 1 });

    expect(
      (await mapped('three mappings', threeLines(2)).run(workload, 'gives-up')).deadLetteredUnrun,
    ).toBeGreaterThan(0);
    expect((await runOurWorker(workload, 'gives-up')).deadLetteredUnrun).toBe(0);
  });

  it('makes HIGH wait behind BATCH in one line, which wastes no receive', async () => {
    const row = await LINE.run(WORKLOAD, 'retries');

    expect(p99Of(row)).toBeGreaterThan(20_000);
    expect(row).toMatchObject({ receivesPerCall: 1, invocationsPerCall: 1, deadLetteredUnrun: 0 });
  });
});
