import type { Random } from '../seeded-random.js';
import type { ApiFault } from './api-faults.js';

/** How a call ends for its caller. */
export type Ending =
  /** `silence`: the connection stays open and is closed long after the caller's timeout. */
  | { readonly kind: 'result' | 'garbage' | 'oversized' | 'silence' | 'reset' }
  | { readonly kind: 'refusal'; readonly status: number; readonly retryAfter?: RetryAfterForm };

/** The two forms of the header: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3 */
export type RetryAfterForm = 'seconds' | 'date';

/** What the nasty API does with one call. */
export interface Reaction {
  readonly commits: boolean;
  /** Whether it ends the moment it arrives, instead of after its service time. */
  readonly atOnce: boolean;
  readonly ending: Ending;
}

const STATUSES_5XX = [500, 502, 503] as const;
const RETRY_AFTER_FORMS = ['seconds', 'date', undefined] as const;

/** What this fault comes to; the reaction to no fault is to do the work and answer. */
export function reactionTo(fault: ApiFault | undefined, random: Random): Reaction {
  switch (fault) {
    case undefined:
      return served(true, { kind: 'result' });
    case '429': {
      const retryAfter = oneOf(RETRY_AFTER_FORMS, random);
      const ending = { kind: 'refusal', status: 429 } as const;
      return {
        commits: false,
        atOnce: true,
        ending: retryAfter === undefined ? ending : { ...ending, retryAfter },
      };
    }
    case '4xx':
      return served(false, { kind: 'refusal', status: 422 });
    case '5xx': {
      const status = oneOf(STATUSES_5XX, random);
      return served(random() < 0.5, { kind: 'refusal', status });
    }
    case 'hang':
      return served(false, { kind: 'silence' });
    case 'reset':
      return { commits: false, atOnce: true, ending: { kind: 'reset' } };
    case 'commit-then-timeout':
      return served(true, { kind: 'silence' });
    case 'commit-then-reset':
      return served(true, { kind: 'reset' });
    case 'garbage':
    case 'oversized':
      return served(true, { kind: fault });
  }
}

function served(commits: boolean, ending: Ending): Reaction {
  return { commits, atOnce: false, ending };
}

function oneOf<T>(values: readonly [T, ...T[]] | readonly T[], random: Random): T {
  return values[Math.floor(random() * values.length)] as T;
}
