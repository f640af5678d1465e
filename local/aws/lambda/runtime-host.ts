/**
 * One execution environment: loads the bundled handler as Lambda's Node.js runtime does and runs one invocation
 * at a time. Bundled and run in a process of its own, so that a crash is a real crash.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentMessage, InvokeMessage } from './protocol.js';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const say = (message: EnvironmentMessage) => process.send?.(message);

/** `_HANDLER` is `file.export`, `LAMBDA_TASK_ROOT` the directory of the asset: Lambda's own names. */
async function loadHandler(): Promise<Handler> {
  const [file = '', name = ''] = (process.env['_HANDLER'] ?? '').split('.');
  const path = join(process.env['LAMBDA_TASK_ROOT'] ?? '', file);
  const module = await loadModule(path);
  const handler = module[name];
  if (typeof handler !== 'function') throw new Error(`${path} exports no function named ${name}`);
  return handler as Handler;
}

/** As Lambda does: `.mjs` is an ES module, `.js` and `.cjs` are CommonJS. */
async function loadModule(path: string): Promise<Record<string, unknown>> {
  if (existsSync(`${path}.mjs`))
    return (await import(pathToFileURL(`${path}.mjs`).href)) as Record<string, unknown>;
  const file = existsSync(`${path}.cjs`) ? `${path}.cjs` : `${path}.js`;
  return createRequire(file)(file) as Record<string, unknown>;
}

async function invoke(handler: Handler, message: InvokeMessage): Promise<void> {
  const { requestId, functionName, memoryMb, timeoutMs, event } = message;
  const endsAtMs = performance.now() + timeoutMs;
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    memoryLimitInMB: String(memoryMb),
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(0, Math.floor(endsAtMs - performance.now())),
  };
  try {
    const value = await handler(event, context);
    say({ kind: 'returned', requestId, value });
  } catch (error) {
    say({ kind: 'failed', requestId, reason: String(error) });
  }
}

loadHandler().then(
  (handler) => {
    process.on('message', (message: InvokeMessage) => void invoke(handler, message));
    say({ kind: 'ready' });
  },
  (error: unknown) => {
    say({
      kind: 'initFailed',
      reason: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  },
);

// The parent is gone: nothing may be left running.
process.on('disconnect', () => process.exit(0));
// A terminal sends Ctrl-C to the whole group; the parent decides when an environment ends.
process.on('SIGINT', () => undefined);
