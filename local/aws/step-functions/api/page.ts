import { ApiError } from './api-error.js';
import type { Parameters } from './parameters.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/**
 * One page of a list whose keys rise; with `newestFirst` it is read from its end.
 *
 * `nextToken` names the last item seen, so items that come or go between two pages shift nothing. A token of another
 * list, or one that nobody issued, is refused as InvalidToken.
 */
export function pageOf<T>(
  items: readonly T[],
  key: (item: T) => number,
  parameters: Parameters,
  { list, newestFirst }: { readonly list: string; readonly newestFirst: boolean },
): Page<T> {
  const name = `${list}/${newestFirst ? 'newest' : 'oldest'}`;
  const token = parameters.optionalString('nextToken', 3_096);
  const seen = token === undefined ? undefined : decode(token, name);
  const isUnseen = (item: T) => seen === undefined || (newestFirst ? key(item) < seen : key(item) > seen);
  const unseen = items.filter(isUnseen);
  if (newestFirst) unseen.reverse();
  const page = unseen.slice(0, parameters.maxResults);
  const last = page.at(-1);
  if (last === undefined || page.length === unseen.length) return { items: page };
  return { items: page, nextToken: encode(key(last), name) };
}

function encode(position: number, name: string): string {
  return Buffer.from(JSON.stringify([name, position])).toString('base64url');
}

function decode(token: string, name: string): number {
  try {
    const [list, position] = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown[];
    if (list === name && typeof position === 'number') return position;
  } catch {
    // Not one of ours: refused below.
  }
  throw new ApiError('InvalidToken', 'Invalid Token: the nextToken does not belong to this list');
}
