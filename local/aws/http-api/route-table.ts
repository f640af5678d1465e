/** A route that a request matched, with the values of its path variables. */
export interface Match {
  readonly routeKey: string;
  /** Decoded. Undefined where the route has no variables. */
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
}

interface Candidate extends Match {
  readonly rank: readonly [kind: number, variables: number, anyMethod: number];
}

/** `METHOD /path/{variable}`, `ANY /path/{greedy+}` or `$default`. */
export function isRouteKey(text: string): boolean {
  return text === '$default' || /^[A-Z]+ \/(?:[^{}]|\{[\w-]+\})*(?:\{[\w-]+\+\})?$/.test(text);
}

/**
 * The route that serves a request, as API Gateway chooses: a full match before a greedy one, a route of the method
 * before ANY, fewer variables before more, and `$default` last.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 *
 * @param path without its query, still encoded
 */
export function matchRoute(routeKeys: readonly string[], method: string, path: string): Match | undefined {
  const candidates = routeKeys.flatMap((routeKey): readonly Candidate[] => {
    if (routeKey === '$default') return [{ routeKey, pathParameters: undefined, rank: [2, 0, 0] }];
    const [routeMethod = '', routePath = ''] = routeKey.split(' ');
    const values = routeMethod === 'ANY' || routeMethod === method ? valuesOf(routePath, path) : undefined;
    if (values === undefined) return [];
    const names = Object.keys(values);
    return [
      {
        routeKey,
        pathParameters: names.length === 0 ? undefined : values,
        rank: [routePath.endsWith('+}') ? 1 : 0, names.length, routeMethod === 'ANY' ? 1 : 0],
      },
    ];
  });
  return candidates.sort(byRank)[0];
}

function valuesOf(routePath: string, path: string): Readonly<Record<string, string>> | undefined {
  const names: string[] = [];
  const pattern = routePath
    .split('/')
    .map((part) => {
      const [, name, greedy] = /^\{([\w-]+)(\+?)\}$/.exec(part) ?? [];
      if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(name);
      return greedy === '+' ? '(.+)' : '([^/]+)';
    })
    .join('/');
  const found = new RegExp(`^${pattern}$`).exec(path);
  if (found === null) return undefined;
  return Object.fromEntries(names.map((name, index) => [name, decoded(found[index + 1] ?? '')]));
}

/** What cannot be decoded stays as it came. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function byRank(one: Candidate, other: Candidate): number {
  return one.rank[0] - other.rank[0] || one.rank[1] - other.rank[1] || one.rank[2] - other.rank[2];
}
