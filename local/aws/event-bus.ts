/** An event as EventBridge matches it. */
export interface BusEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface Rule {
  readonly name: string;
  readonly pattern: EventPattern | undefined;
  readonly everyMs: number | undefined;
  readonly targets: readonly (() => Promise<void>)[];
}

/** A leaf lists the values it accepts; an object matches field by field. */
export interface EventPattern {
  readonly [field: string]: readonly unknown[] | EventPattern;
}

/** EventBridge's default bus, as far as the template uses it: exact-value patterns and schedules. */
export class EventBus {
  readonly #rules: Rule[] = [];
  readonly #timers: NodeJS.Timeout[] = [];

  addRule(rule: Rule): void {
    this.#rules.push(rule);
    if (rule.everyMs !== undefined) this.#timers.push(setInterval(() => deliver(rule), rule.everyMs));
  }

  put(event: BusEvent): void {
    for (const rule of this.#rules) {
      if (rule.pattern !== undefined && matches(rule.pattern, { ...event })) deliver(rule);
    }
  }

  stop(): void {
    for (const timer of this.#timers) clearInterval(timer);
  }
}

/** Delivery is asynchronous and best effort, as on AWS; the sweeper covers what is lost. */
function deliver(rule: Rule): void {
  for (const target of rule.targets) target().catch(() => undefined);
}

export function matches(pattern: EventPattern, event: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(pattern).every(([field, allowed]) => {
    const value = event[field];
    if (isAlternatives(allowed)) return allowed.includes(value);
    return typeof value === 'object' && value !== null && matches(allowed, { ...value });
  });
}

function isAlternatives(allowed: readonly unknown[] | EventPattern): allowed is readonly unknown[] {
  return Array.isArray(allowed);
}
