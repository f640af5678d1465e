import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** In front of an AWS endpoint; it notes which actions are asked for, as IAM spells them. */
export interface RecordingProxy {
  readonly endpoint: string;
  readonly actions: ReadonlySet<string>;
  stop(): Promise<void>;
}

const SERVICES: Readonly<Record<string, string>> = {
  AmazonSQS: 'sqs',
  AWSStepFunctions: 'states',
  DynamoDB_20120810: 'dynamodb',
  GraniteServiceVersion20100801: 'cloudwatch',
};

export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const actions = new Set<string>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      actions.add(actionOf(request, body.toString('utf8')));
      const { method, headers, url = '/' } = request;
      const passed = httpRequest(new URL(url, target), { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      passed.once('error', () => response.destroy());
      passed.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    actions,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function actionOf({ headers, url = '' }: IncomingMessage, body: string): string {
  const target = String(headers['x-amz-target'] ?? '');
  const [, service = '', operation = ''] =
    /^(\w+)\.(\w+)$/.exec(target) ?? /\/service\/(\w+)\/operation\/(\w+)/.exec(url) ?? [];
  if (service !== '') return `${SERVICES[service] ?? service}:${operation}`;
  const query = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  if (query !== undefined) return `cloudformation:${query}`;
  return url.includes('/configuration') ? 'lambda:GetFunctionConfiguration' : `unknown:${url}`;
}
