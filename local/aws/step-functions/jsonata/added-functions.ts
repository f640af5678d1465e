import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { newUuid, type Randomness } from '../randomness.js';
import type { Timers } from '../timers.js';

/** A function that Step Functions adds to JSONata, or gives another clock or source; the signature is JSONata's. */
export interface AddedFunction {
  readonly name: string;
  readonly signature: string;
  readonly run: Parameters<jsonata.Expression['registerFunction']>[1];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html#jsonata-functions-provided-by-sfn */
export function addedFunctions(timers: Timers, randomness: Randomness): readonly AddedFunction[] {
  return [
    { name: 'partition', signature: '<an:a<a>>', run: partition },
    { name: 'range', signature: '<nnn:a<n>>', run: range },
    { name: 'hash', signature: '<xs:s>', run: hash },
    {
      name: 'random',
      signature: '<n?:n>',
      run: (seed?: number) => (seed === undefined ? randomness.ratio() : seeded(seed)),
    },
    { name: 'uuid', signature: '<:s>', run: () => newUuid(randomness) },
    { name: 'parse', signature: '<s:x>', run: parse },
    { name: 'millis', signature: '<:n>', run: () => timers.nowMs() },
    {
      name: 'now',
      signature: '<s?s?:s>',
      run: (picture?: string, zone?: string) => now(timers.nowMs(), picture, zone),
    },
  ];
}

/** Step Functions refuses a longer `$range`. */
const rangeMaxItems = 1_000;

const hashAlgorithms: ReadonlyMap<unknown, string> = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

function partition(items: readonly unknown[] | undefined, size: number): unknown {
  if (items === undefined) return undefined;
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`the size of a partition must be a positive integer: ${size}`);
  const parts: unknown[] = [];
  for (let start = 0; start < items.length; start += size) parts.push(items.slice(start, start + size));
  return parts;
}

function range(first: number, last: number, step: number): readonly number[] {
  if (!step) throw new Error('the step of a range must not be 0');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  if (count > rangeMaxItems)
    throw new Error(`a range has at most ${rangeMaxItems} items: this one would have ${count}`);
  return Array.from({ length: count }, (_, index) => first + index * step);
}

function hash(data: unknown, algorithm: string): string {
  const known = hashAlgorithms.get(algorithm);
  if (known === undefined) {
    throw new Error(
      `unknown hash algorithm '${algorithm}', allowed: ${[...hashAlgorithms.keys()].join(', ')}`,
    );
  }
  return createHash(known)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : JSON.parse(text);
}

/** A number in [0, 1) that depends on the seed alone. AWS's own sequence is not published: the values differ from it. */
function seeded(seed: number): number {
  return createHash('sha256').update(String(seed)).digest().readUInt32BE() / 2 ** 32;
}

const formatted = jsonata('$fromMillis($ms, $picture, $zone)');
const unformatted = jsonata('$fromMillis($ms)');

async function now(ms: number, picture: string | undefined, zone: string | undefined): Promise<unknown> {
  if (picture === undefined) return (await unformatted.evaluate(undefined, { ms })) as unknown;
  return (await formatted.evaluate(undefined, { ms, picture, zone: zone ?? '+0000' })) as unknown;
}
