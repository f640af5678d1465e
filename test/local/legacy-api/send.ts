import { Agent, request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';

export interface Received {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Sent extends Pick<RequestOptions, 'method' | 'headers' | 'agent'> {
  readonly body?: string;
}

/** One call over a connection of its own, unless an agent is given. A body makes it a POST. */
export function send(url: string, { body, ...options }: Sent = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const call = request(url, {
      agent: new Agent(),
      method: body === undefined ? 'GET' : 'POST',
      ...options,
    });
    call.once('error', reject);
    call.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    call.end(body);
  });
}

/** Sends a whole request and kills its connection after a while, before the answer. */
export async function sendAndDie(
  url: string,
  diesAfterMs: number,
  headers: Record<string, string> = {},
): Promise<void> {
  const call = request(url, { agent: new Agent(), headers });
  const died = new Promise((resolve) => call.once('error', resolve));
  call.end();
  await sleepMs(diesAfterMs);
  call.destroy();
  await died;
}

export function sleepMs(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs));
}

/** Waits until the fact holds; gives up loudly after two seconds. */
export async function eventually(fact: () => boolean): Promise<void> {
  const givesUpAtMs = performance.now() + 2_000;
  while (!fact()) {
    if (performance.now() > givesUpAtMs) throw new Error('it did not come true within 2000 ms');
    await sleepMs(5);
  }
}

export function statuses(answers: readonly Received[]): readonly number[] {
  return answers.map(({ status }) => status);
}
