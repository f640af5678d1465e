import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { LOCAL_ACCOUNT_ID } from '../account.js';
import type { Match } from './route-table.js';

export interface ProxyRequest {
  readonly request: IncomingMessage;
  readonly body: Buffer;
  readonly match: Match;
  readonly apiId: string;
  readonly stage: string;
}

/**
 * The event that a function gets in payload format 2.0: nothing of a signature or a token is checked, so nobody is
 * authenticated in it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function proxyEvent({ request, body, match, apiId, stage }: ProxyRequest) {
  const { pathname: path, search } = new URL(request.url ?? '/', 'http://local');
  const headers = headersOf(request);
  const query = queryOf(search);
  const cookies = request.headers.cookie?.split('; ');
  const isText = /^(text\/|application\/(.+\+)?(json|xml|javascript|x-www-form-urlencoded))/.test(
    headers['content-type'] ?? 'text/plain',
  );
  const now = new Date();
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: path,
    rawQueryString: search.slice(1),
    ...(cookies === undefined ? {} : { cookies }),
    headers,
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(match.pathParameters === undefined ? {} : { pathParameters: match.pathParameters }),
    requestContext: {
      accountId: LOCAL_ACCOUNT_ID,
      apiId,
      domainName: headers['host'] ?? '',
      domainPrefix: apiId,
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: match.routeKey,
      stage,
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length === 0 ? {} : { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Names in lower case, several values of one name joined with commas; cookies travel apart. */
function headersOf({ headers }: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(headers).filter(([name]) => name !== 'cookie');
  return Object.fromEntries(entries.map(([name, value]) => [name, [value].flat().join(',')]));
}

function queryOf(search: string): Readonly<Record<string, string>> | undefined {
  if (search === '') return undefined;
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(search))
    query[name] = Object.hasOwn(query, name) ? `${query[name] ?? ''},${value}` : value;
  return query;
}
