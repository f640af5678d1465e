import type { ClientCertificate } from './transport.js';

/** What a call shows to the legacy API. */
export interface Shown {
  readonly headers: Readonly<Record<string, string>>;
  readonly certificate?: ClientCertificate;
  /** Texts that nobody else may see. */
  readonly secrets: readonly string[];
}

export type Obtained =
  | ({ readonly kind: 'obtained' } & Shown)
  /** They cannot be had now. The reason holds nothing of them. */
  | { readonly kind: 'missing'; readonly reason: string };

export interface Credentials {
  /** The credentials of the next call, mostly from memory. Never rejects, and ends within `CREDENTIALS_MAX_MS`. */
  obtain(): Promise<Obtained>;
  /**
   * The legacy API did not take them. Forgets what is remembered, unless it was fetched anew just before.
   *
   * @returns whether other ones may be had, so that a repeat may fare better.
   */
  refused(): boolean;
}

/** Why credentials cannot be had: a sentence without anything of them. */
export class CredentialsError extends Error {}
