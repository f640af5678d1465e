import { API_FAULTS, type ApiFault } from '../legacy-api/nasty/api-faults.js';

/** What befalls the run around the API. How often each does is said where it is drawn: `draws.ts`. */
const DISTURBANCES = {
  kill: { what: 'kills a worker process in the middle of its work, every few seconds' },
  duplicate: { what: 'delivers a message twice: by a copy of it, or by showing it again while it is served' },
  stop: { what: 'stops executions, some while they wait and some while their call runs' },
} as const satisfies Readonly<Record<string, { readonly what: string }>>;

export type ChaosKind = ApiFault | keyof typeof DISTURBANCES;

/** Every kind of chaos, by the name that `--chaos` takes: the one list of them. */
export const CHAOS_KINDS: readonly { readonly kind: ChaosKind; readonly what: string }[] = [
  ...Object.entries(API_FAULTS).map(([kind, { what }]) => ({ kind: kind as ApiFault, what })),
  ...Object.entries(DISTURBANCES).map(([kind, { what }]) => ({
    kind: kind as keyof typeof DISTURBANCES,
    what,
  })),
];

/** Those that the API itself commits, in the order of the list. */
export function apiFaultsOf(kinds: readonly ChaosKind[]): readonly ApiFault[] {
  return (Object.keys(API_FAULTS) as ApiFault[]).filter((fault) => kinds.includes(fault));
}
