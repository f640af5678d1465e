import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Backend } from './forward.js';
import { LOOPBACK, sendText } from './json-http.js';

/** Whether a request is signed for S3, which alone tells it from others: S3 knows no `X-Amz-Target`. */
export function isForS3({ headers }: IncomingMessage): boolean {
  return headers.authorization?.includes('/s3/aws4_request') === true;
}

/** Passes a request on and its answer back byte by byte, however large they are. */
export function forwardToS3(
  { port, agent }: Backend,
  incoming: IncomingMessage,
  response: ServerResponse,
): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const outgoing = httpRequest({ host: LOOPBACK, port, agent, method, path: url, headers });
  outgoing.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', (error) => {
    const fault = `<Error><Code>ServiceUnavailable</Code><Message>${error.message}</Message></Error>`;
    sendText(response, 503, 'application/xml', fault);
  });
  response.on('close', () => {
    if (!response.writableFinished) outgoing.destroy();
  });
  incoming.pipe(outgoing);
}
