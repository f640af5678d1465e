import { UnsupportedTemplateError } from './template.js';

/**
 * A resource's resolved properties, read one by one. What is never read was not understood: `refuseUnread` says so
 * by name, so that nothing in a template is silently ignored.
 */
export class Properties {
  readonly #of: string;
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #read = new Set<string>();
  readonly #groups: Properties[] = [];

  constructor(of: string, values: Readonly<Record<string, unknown>>) {
    this.#of = of;
    this.#values = values;
  }

  text(name: string): string | undefined {
    const value = this.#take(name);
    return value === undefined ? undefined : asText(value);
  }

  requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new UnsupportedTemplateError([`${this.#of}: ${name} is missing`]);
    return value;
  }

  number(name: string, absent: number): number {
    const value = this.#take(name);
    return value === undefined ? absent : Number(value);
  }

  optionalNumber(name: string): number | undefined {
    const value = this.#take(name);
    return value === undefined ? undefined : Number(value);
  }

  flag(name: string, absent: boolean): boolean {
    const value = this.#take(name);
    return value === undefined ? absent : asText(value) === 'true';
  }

  list(name: string): readonly unknown[] {
    const value = this.#take(name);
    return Array.isArray(value) ? value : [];
  }

  group(name: string): Properties {
    const value = this.#take(name);
    const values = typeof value === 'object' && value !== null ? { ...value } : {};
    const group = new Properties(`${this.#of}.${name}`, values);
    this.#groups.push(group);
    return group;
  }

  record(name: string): Readonly<Record<string, unknown>> {
    const value = this.#take(name);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  }

  /** For what changes nothing that runs locally: permissions, encryption, tags, logs. */
  inert(...names: readonly string[]): void {
    for (const name of names) this.#read.add(name);
  }

  /** Throws one error that names every property which was never read, those of groups included. */
  refuseUnread(): void {
    const faults = this.#unread();
    if (faults.length > 0) throw new UnsupportedTemplateError(faults);
  }

  #unread(): readonly string[] {
    const own = Object.keys(this.#values).filter((name) => !this.#read.has(name));
    return [
      ...own.map((name) => `${this.#of}: property ${name} is not emulated`),
      ...this.#groups.flatMap((group) => group.#unread()),
    ];
  }

  #take(name: string): unknown {
    this.#read.add(name);
    return this.#values[name];
  }
}

/** CloudFormation takes numbers and flags for texts, and texts for both. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
