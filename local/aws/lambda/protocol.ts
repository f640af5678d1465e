/** What the local Lambda service and one execution environment say to each other. */
export interface InvokeMessage {
  readonly kind: 'invoke';
  readonly requestId: string;
  readonly functionName: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly event: unknown;
}

export type EnvironmentMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'initFailed'; readonly reason: string }
  | { readonly kind: 'returned'; readonly requestId: string; readonly value?: unknown }
  | { readonly kind: 'failed'; readonly requestId: string; readonly reason: string };
