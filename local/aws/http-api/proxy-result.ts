/** What a client is answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

/** API Gateway's own answers, word for word. */
export const GATEWAY_ANSWERS = {
  notFound: gatewayAnswer(404, 'Not Found'),
  tooLarge: gatewayAnswer(413, 'Request Entity Too Large'),
  tooMany: gatewayAnswer(429, 'Too Many Requests'),
  failed: gatewayAnswer(500, 'Internal Server Error'),
  unavailable: gatewayAnswer(503, 'Service Unavailable'),
} as const;

/**
 * What a function's result means in payload format 2.0: an object with a `statusCode` is an answer, and anything else
 * is the body of a 200 in JSON.
 */
export function answerOf(result: unknown): Answer {
  if (!isObject(result) || result['statusCode'] === undefined)
    return answer(200, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify(result ?? null)));
  const { statusCode, headers, cookies, body, isBase64Encoded } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) return GATEWAY_ANSWERS.failed;
  return answer(
    status,
    {
      'content-type': 'text/plain; charset=utf-8',
      ...Object.fromEntries(
        Object.entries(isObject(headers) ? headers : {}).map(([name, value]) => [
          name.toLowerCase(),
          String(value),
        ]),
      ),
      ...(Array.isArray(cookies) && cookies.length > 0 ? { 'set-cookie': cookies.map(String) } : {}),
    },
    Buffer.from(typeof body === 'string' ? body : '', isBase64Encoded === true ? 'base64' : 'utf8'),
  );
}

function answer(status: number, headers: Answer['headers'], body: Buffer): Answer {
  return { status, headers: { ...headers, 'content-length': String(body.length) }, body };
}

function gatewayAnswer(status: number, message: string): Answer {
  return answer(status, { 'content-type': 'application/json' }, Buffer.from(JSON.stringify({ message })));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
