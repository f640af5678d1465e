import { createLogUpdate } from 'log-update';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import type { RunRecord } from './run-record.js';

const BAR_WIDTH = 40;
const REDRAW_EVERY_MS = 100;
const LINE_EVERY_MS = 2_000;

/** Shows how far a run is: live on a terminal, a plain line every two seconds elsewhere. Returns how to stop it. */
export function showProgress(record: RunRecord, total: number, output: NodeJS.WriteStream): () => void {
  const beganMs = performance.now();
  const seconds = () => ((performance.now() - beganMs) / 1_000).toFixed(0).padStart(3);
  if (!output.isTTY) {
    const timer = setInterval(
      () => output.write(`${seconds()} s  ${plainLine(record, total)}\n`),
      LINE_EVERY_MS,
    );
    return () => clearInterval(timer);
  }
  const update = createLogUpdate(output);
  const draw = () =>
    update(`${bar(record.ended, total)}  ${record.ended}/${total}  ${seconds()} s\n${table(record)}`);
  const timer = setInterval(draw, REDRAW_EVERY_MS);
  return () => {
    clearInterval(timer);
    draw();
    update.done();
  };
}

function bar(done: number, total: number): string {
  const filled = total === 0 ? BAR_WIDTH : Math.round((BAR_WIDTH * done) / total);
  return '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
}

function table(record: RunRecord): string {
  const counts = record.counts();
  return PRIORITIES.map((priority) => {
    const { started, called, ended } = counts[priority];
    const waiting = String(started - called).padStart(5);
    return `  ${priority.padEnd(6)}  waiting ${waiting}   called ${String(called).padStart(5)}   done ${String(ended).padStart(5)}`;
  }).join('\n');
}

function plainLine(record: RunRecord, total: number): string {
  const counts = record.counts();
  const classes = PRIORITIES.map((priority) => {
    const { started, called, ended } = counts[priority];
    return `${priority} waiting ${started - called}, done ${ended}`;
  });
  return `${record.ended}/${total} done: ${classes.join('; ')}`;
}
