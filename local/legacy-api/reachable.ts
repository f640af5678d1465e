import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Nobody takes connections at the address that was given: the run would wait for it in vain. */
export class UnreachableError extends Error {}

const PATIENCE_MS = 5_000;

/** Throws an UnreachableError where no connection can be had. */
export async function assertReachable(url: string): Promise<void> {
  const { hostname, port, protocol } = new URL(url);
  const socket = connect({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
  });
  const tooLate = new AbortController();
  try {
    await Promise.race([once(socket, 'connect'), late(tooLate.signal)]);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UnreachableError(
      `${url} cannot be reached (${code ?? message}); start what listens there, or correct --legacy-url`,
      { cause: error },
    );
  } finally {
    tooLate.abort();
    socket.destroy();
  }
}

async function late(signal: AbortSignal): Promise<never> {
  await sleep(PATIENCE_MS, undefined, { signal }).catch(() => undefined);
  throw new Error(`no answer within ${PATIENCE_MS} ms`);
}
