import type { Problem } from '../contracts/intake-answers.js';
import { type IntakeRequest, invalid, problem } from './http.js';

export type ReadBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'refused'; readonly problem: Problem };

/** The JSON in a body of at most so many bytes. The parser's own message is not passed on: it quotes the body. */
export function readBody({ headers, body }: IntakeRequest, bytesMax: number): ReadBody {
  const type = headers['content-type'] ?? '';
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type))
    return refused(
      problem('unsupported-media-type', {
        detail: `content-type: expected application/json but got ${type === '' ? 'none' : type.slice(0, 80)}`,
      }),
    );
  const bytes = new TextEncoder().encode(body).length;
  if (bytes > bytesMax)
    return refused(
      problem('body-too-large', { detail: `body: expected at most ${bytesMax} bytes but got ${bytes}` }),
    );
  try {
    return { kind: 'json', value: JSON.parse(body) as unknown };
  } catch {
    return refused(invalid(['body: expected JSON']));
  }
}

function refused(because: Problem): ReadBody {
  return { kind: 'refused', problem: because };
}
