/** What one call to the legacy API came to. */
export type LegacyOutcome =
  | { readonly kind: 'succeeded'; readonly outputJson: string }
  /** Refused for its rate, not executed. The gate closes. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined }
  /** Not executed, or harmless to repeat. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  /** It may have been executed. */
  | { readonly kind: 'outcomeUnknown'; readonly reason: string }
  /** Refused as it is. */
  | { readonly kind: 'rejected'; readonly status: number; readonly bodyExcerpt: string }
  /** Of a lookup: the legacy API knows no such call, so it was not executed. */
  | { readonly kind: 'notFound'; readonly status: number }
  /** Executed, but its answer cannot be made into a result. */
  | { readonly kind: 'responseRefused'; readonly status: number; readonly reason: string }
  /** Executed, but the result exceeds what a task may return. `outputJson`: the result, where all of it was read. */
  | { readonly kind: 'responseTooLarge'; readonly status: number; readonly outputJson?: string };
