import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Answers one call; `attempt` counts the calls with this idempotency key from 1. */
export type Script = (response: ServerResponse, attempt: number) => void;

/** An API of the test's own that answers each call as the script for its idempotency key says. */
export interface ScriptedApi {
  readonly url: string;
  /** When the calls with this idempotency key came, in milliseconds of `performance.now()`. */
  callsAtMs(key: string): readonly number[];
  stop(): Promise<void>;
}

export async function startScriptedApi(scripts: Readonly<Record<string, Script>>): Promise<ScriptedApi> {
  const calls: { readonly key: string; readonly atMs: number }[] = [];
  const callsAtMs = (key: string) => calls.filter((call) => call.key === key).map(({ atMs }) => atMs);
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const key = String(request.headers['idempotency-key']);
    calls.push({ key, atMs: performance.now() });
    await text(request);
    const script = scripts[key] ?? ((other: ServerResponse) => other.writeHead(404).end());
    script(response, callsAtMs(key).length);
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    callsAtMs,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
