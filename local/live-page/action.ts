import * as v from 'valibot';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';

const priority = v.picklist(PRIORITIES);

/** What a person may ask for on the page. */
const actionSchema = v.variant('kind', [
  v.object({
    kind: v.literal('start'),
    priority,
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500)),
  }),
  v.object({ kind: v.picklist(['pause', 'resume']), priority }),
  v.object({ kind: v.literal('slow'), slow: v.boolean() }),
  v.object({ kind: v.literal('refuse') }),
  v.object({ kind: v.literal('kill') }),
  /** As `rlo limit` takes it, or `reset`. */
  v.object({ kind: v.literal('limit'), limit: v.pipe(v.string(), v.maxLength(100)) }),
]);

export type Action = v.InferOutput<typeof actionSchema>;

/** What was asked for is not to be had; the message says why, and what is. */
export class ActionError extends Error {}

/** Throws an ActionError for anything that is no action. */
export function parseAction(text: string): Action {
  try {
    return v.parse(v.pipe(v.string(), v.parseJson(), actionSchema), text);
  } catch (cause) {
    throw new ActionError('that is none of the actions of this page', { cause });
  }
}
