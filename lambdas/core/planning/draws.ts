import type { Random } from '../ports.js';
import { drawnFrom, type Latency } from './latency.js';
import { CALLBACK, CONTROL_READ, DELETE, NEXT_START, RECEIVE, WAKE } from './worker-times.js';

/** Draws how long each thing takes that a slot does, in milliseconds. */
export type Draws = Readonly<
  Record<'latency' | 'receive' | 'control' | 'callback' | 'delete' | 'wake' | 'start', () => number>
>;

export function drawsFor({ latency }: { readonly latency: Latency }, random: Random): Draws {
  return {
    latency: drawnFrom(latency, random),
    receive: drawnFrom(RECEIVE, random),
    control: drawnFrom(CONTROL_READ, random),
    callback: drawnFrom(CALLBACK, random),
    delete: drawnFrom(DELETE, random),
    wake: drawnFrom(WAKE, random),
    start: drawnFrom(NEXT_START, random),
  };
}
