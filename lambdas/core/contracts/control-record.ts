import * as v from 'valibot';
import { PRIORITIES } from './priority.js';

const limits = v.array(
  v.object({
    calls: v.pipe(v.number(), v.integer(), v.minValue(1)),
    windowMs: v.pipe(v.number(), v.integer(), v.minValue(1)),
  }),
);

const number = v.pipe(v.union([v.number(), v.pipe(v.string(), v.toNumber())]), v.finite());

/** The control record's fields as they are stored, each absent until somebody sets it. */
const controlRecordSchema = v.object({
  /** Rate limits in place of the configured ones, as JSON. */
  limits: v.optional(v.pipe(v.string(), v.parseJson(), limits)),
  paused: v.optional(v.array(v.picklist(PRIORITIES)), []),
  gateUntilMs: v.optional(number, 0),
  slowdown: v.optional(v.object({ ratio: v.pipe(number, v.minValue(0), v.maxValue(1)), sinceMs: number })),
  breaker: v.optional(v.object({ opens: v.pipe(number, v.integer(), v.minValue(1)), untilMs: number })),
  /** Counted up with every change of the three above, by whoever makes it. */
  gateVersion: v.optional(v.pipe(number, v.integer(), v.minValue(0)), 0),
});

export type StoredControl = v.InferOutput<typeof controlRecordSchema>;

/** Reads the stored fields. Throws on a record that nothing of ours has written: no slot guesses what it means. */
export function parseControlRecord(fields: unknown): StoredControl {
  return v.parse(controlRecordSchema, fields);
}
