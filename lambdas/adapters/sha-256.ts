import { createHash } from 'node:crypto';

/** SHA-256 in hexadecimal: a task token or a payload cannot be read back from it. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
