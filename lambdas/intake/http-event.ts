import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { IntakeAnswer, IntakeRequest } from '../core/intake/http.js';

/** A request in payload format 2.0, as core reads it. */
export function requestOf(event: APIGatewayProxyEventV2): IntakeRequest {
  const { routeKey, rawPath, pathParameters, queryStringParameters, headers, body, requestContext } = event;
  return {
    routeKey,
    method: requestContext.http.method,
    path: rawPath,
    id: pathParameters?.['id'],
    query: present(queryStringParameters),
    headers: present(headers),
    body: event.isBase64Encoded ? Buffer.from(body ?? '', 'base64').toString('utf8') : (body ?? ''),
  };
}

/** What API Gateway sends for an answer. Nobody is to keep one: it is out of date at once. */
export function resultOf({ status, headers, body }: IntakeAnswer): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers },
    body: JSON.stringify(body),
  };
}

function present(record: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
