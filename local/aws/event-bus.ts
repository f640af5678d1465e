import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from './account.js';

/** An event as somebody puts it on a bus. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly resources?: readonly string[];
}

/** The same as rules and targets see it. */
export interface DeliveredEvent extends BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
}

/** What a target gets: nothing from a schedule. */
export type Target = (event: DeliveredEvent | undefined) => Promise<void>;

export interface Rule {
  readonly name: string;
  /** @default - the default bus */
  readonly busName?: string;
  readonly pattern: EventPattern | undefined;
  readonly everyMs: number | undefined;
  readonly targets: readonly Target[];
}

/** A leaf lists the values, or the beginnings of values, that it accepts; an object matches field by field. */
export interface EventPattern {
  readonly [field: string]: readonly unknown[] | EventPattern;
}

export const DEFAULT_BUS = 'default';

/** EventBridge's buses, as far as the template uses them: patterns of values and beginnings, and schedules. */
export class EventBus {
  readonly #rules: Rule[] = [];
  readonly #timers: NodeJS.Timeout[] = [];

  addRule(rule: Rule): void {
    this.#rules.push(rule);
    if (rule.everyMs !== undefined)
      this.#timers.push(setInterval(() => deliver(rule, undefined), rule.everyMs));
  }

  /** Whether there is a bus of this name: the default one, and those that rules listen on. */
  has(busName: string): boolean {
    return busName === DEFAULT_BUS || this.#rules.some((rule) => rule.busName === busName);
  }

  /** Delivers the event to each rule of the bus that it matches, and returns its id. */
  put(event: BusEvent, busName: string = DEFAULT_BUS): string {
    const delivered: DeliveredEvent = {
      version: '0',
      id: randomUUID(),
      account: LOCAL_ACCOUNT_ID,
      time: new Date().toISOString(),
      region: LOCAL_REGION,
      resources: [],
      ...event,
    };
    for (const rule of this.#rules) {
      const isHere = (rule.busName ?? DEFAULT_BUS) === busName;
      if (isHere && rule.pattern !== undefined && matches(rule.pattern, { ...delivered }))
        deliver(rule, delivered);
    }
    return delivered.id;
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}

/** Delivery is asynchronous, as on AWS. Here it fails only where the target stops. */
function deliver(rule: Rule, event: DeliveredEvent | undefined): void {
  for (const target of rule.targets) target(event).catch(() => undefined);
}

export function matches(pattern: EventPattern, event: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([field, allowed]) => {
    const value = event[field];
    if (isAlternatives(allowed)) return allowed.some((one) => accepts(one, value));
    return typeof value === 'object' && value !== null && matches(allowed, { ...value });
  });
}

function accepts(allowed: unknown, value: unknown): boolean {
  return isPrefix(allowed)
    ? typeof value === 'string' && value.startsWith(allowed.prefix)
    : allowed === value;
}

/** The one content filter that is emulated. */
export function isPrefix(filter: unknown): filter is { readonly prefix: string } {
  return (
    typeof filter === 'object' &&
    filter !== null &&
    'prefix' in filter &&
    typeof filter.prefix === 'string' &&
    Object.keys(filter).length === 1
  );
}

function isAlternatives(allowed: readonly unknown[] | EventPattern): allowed is readonly unknown[] {
  return Array.isArray(allowed);
}
