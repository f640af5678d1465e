/** What the intake answered. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Written as JSON, unless it is a text. */
  readonly body?: unknown;
}

/** Asks the intake as any client does; a body is JSON unless the headers say otherwise. */
export function clientOf(url: string) {
  return async (path: string, { method, headers, body }: Asked = {}): Promise<Answered> => {
    const response = await fetch(url + path, {
      method: method ?? (body === undefined ? 'GET' : 'POST'),
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: JSON.parse(text) as Readonly<Record<string, unknown>>,
    };
  };
}
