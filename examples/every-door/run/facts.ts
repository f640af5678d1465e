import type { LegacyApiFigures } from '../../../local/legacy-api/figures.js';
import type { Summary } from '../doors/file.js';
import type { Passed } from './turn-watch.js';

/** What came of the calls through one door. Waits are in milliseconds, from the request to the API's door. */
export interface DoorFacts {
  readonly door: string;
  readonly asked: number;
  /** That the API saw, each key once. */
  readonly called: number;
  readonly ended: number;
  readonly succeeded: number;
  readonly waitMsP50: number | null;
  readonly waitMsMax: number | null;
}

/** What one run came to. */
export interface Facts {
  readonly doors: readonly DoorFacts[];
  /** Doors that could not be tried, and why. */
  readonly untried: Readonly<Record<string, string>>;
  readonly file: Summary;
  readonly elapsedMs: number;
  readonly passed: Readonly<Record<'HIGH' | 'NORMAL', Passed>>;
  readonly api: LegacyApiFigures;
  readonly deadLettered: number;
  readonly workerInvocations: number;
  readonly slots: number;
}

/** What went wrong, each a sentence. */
export function violationsOf(facts: Facts): readonly string[] {
  const { doors, api, passed, deadLettered, slots } = facts;
  const asked = doors.reduce((sum, door) => sum + door.asked, 0);
  const faults: (readonly [boolean, string])[] = [
    ...doors.flatMap(({ door, asked: all, called, ended, succeeded }): (readonly [boolean, string])[] => [
      [called !== all, `${door}: the API saw ${called} of ${all} calls`],
      [ended !== all, `${door}: ${ended} of ${all} executions have ended`],
      [succeeded !== all, `${door}: ${succeeded} of ${all} executions succeeded`],
    ]),
    [api.calls !== asked, `the API saw ${api.calls} calls; ${asked} were asked for`],
    [
      (api.worstWindowCalls ?? Infinity) > (api.limitCalls ?? 0),
      `${api.worstWindowCalls ?? 0} calls started in one window, allowed are ${api.limitCalls ?? 0}`,
    ],
    [api.maxInFlight > slots, `${api.maxInFlight} calls were in flight at once, allowed are ${slots}`],
    [api.responses429 > 0, `the API answered 429 to ${api.responses429} calls`],
    [api.repeatedKeys > 0, `${api.repeatedKeys} calls were repeated`],
    [deadLettered > 0, `${deadLettered} messages were dead-lettered`],
    ...Object.entries(passed).map(([priority, { over, turns, most }]): readonly [boolean, string] => [
      over > most,
      `${priority} was passed over at ${over} of ${turns} turns; the shares make ${most.toFixed(1)} at most`,
    ]),
  ];
  return faults.filter(([broken]) => broken).map(([, sentence]) => sentence);
}

/** The facts as people read them. */
export function formatFacts({ doors, untried, passed, api, elapsedMs, ...facts }: Facts): string {
  const limit = `worst window ${api.worstWindowCalls ?? 0} of ${api.limitCalls ?? 0} calls per ${api.limitWindowMs ?? 0} ms`;
  const total = doors.reduce((sum, { ended }) => sum + ended, 0);
  return [
    `Door                   asked   called    ended succeeded  wait p50 ms      max`,
    ...doors.map(({ door, asked, called, ended, succeeded, waitMsP50, waitMsMax }) =>
      [
        door.padEnd(20),
        ...[asked, called, ended]
          .map((count) => String(count).padStart(8))
          .map((text) => ` ${text}`.slice(-9)),
        String(succeeded).padStart(10),
        String(waitMsP50 ?? '-').padStart(13),
        String(waitMsMax ?? '-').padStart(9),
      ].join(''),
    ),
    ...Object.entries(untried).map(([door, why]) => `${door.padEnd(20)} NOT TRIED: ${why}`),
    ``,
    `Inversions   ${inversions('HIGH', passed.HIGH)}`,
    `             ${inversions('NORMAL', passed.NORMAL)}`,
    `API          ${api.calls} calls, ${api.maxInFlight} in flight at most, ${limit}, ${api.responses429} times 429, ${api.repeatedKeys} repeated`,
    `Worker       ${facts.workerInvocations} invocations of one function, ${facts.deadLettered} dead-lettered`,
    `Time         ${total} executions in ${(elapsedMs / 1_000).toFixed(1)} s`,
  ].join('\n');
}

function inversions(priority: string, { over, turns, expected, most }: Passed): string {
  return `${priority} passed over at ${over} of the ${turns} turns at which it waited; the shares make ${expected.toFixed(1)}, and hardly ever more than ${most.toFixed(1)}`;
}
