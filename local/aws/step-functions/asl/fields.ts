import type { Json, JsonObject } from '../json.js';
import { isJsonObject } from '../json.js';
import type { Expressions } from '../jsonata/expressions.js';
import { compileTemplate, type Template } from '../jsonata/template.js';
import type { Fault } from './fault.js';
import { refusalOfField } from './unsupported-fields.js';

/** What every part of a definition is checked against; faults collect here until the whole is read. */
export interface Checking {
  readonly faults: Fault[];
  readonly expressions: Expressions;
  readonly integrations: ReadonlySet<string>;
  readonly stateNames: Set<string>;
}

/**
 * Reads the fields of one JSON object of a definition and notes every fault; a field it does not know is one.
 *
 * A faulty field is read as a harmless stand-in, so that reading goes on and finds the next fault.
 */
export class Fields {
  readonly path: string;
  readonly checking: Checking;
  readonly #source: JsonObject;

  constructor(source: unknown, path: string, checking: Checking, known: readonly string[]) {
    this.path = path;
    this.checking = checking;
    this.#source = isJsonObject(source) ? source : {};
    if (!isJsonObject(source)) this.fault('', 'must be an object');
    for (const name of Object.keys(this.#source)) {
      if (!known.includes(name)) this.fault(name, refusalOfField(name));
    }
  }

  fault(name: string, message: string): void {
    this.checking.faults.push({ path: name === '' ? this.path || '/' : `${this.path}/${name}`, message });
  }

  has(name: string): boolean {
    return this.#source[name] !== undefined;
  }

  raw(name: string): Json | undefined {
    return this.#source[name];
  }

  requiredString(name: string): string {
    const value = this.optionalString(name);
    if (value === undefined && !this.has(name)) this.fault(name, `field '${name}' is required`);
    return value ?? '';
  }

  optionalString(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    this.fault(name, `field '${name}' must be a string`);
    return undefined;
  }

  number(
    name: string,
    unless: number,
    min: number,
    max: number,
    kind: 'integer' | 'number' = 'integer',
  ): number {
    const value = this.raw(name);
    if (value === undefined) return unless;
    const fits = typeof value === 'number' && value >= min && value <= max;
    if (fits && (kind === 'number' || Number.isInteger(value))) return value;
    this.fault(
      name,
      `field '${name}' must be ${kind === 'integer' ? 'an integer' : 'a number'} from ${min} to ${max}`,
    );
    return unless;
  }

  array(name: string): readonly Json[] {
    const value = this.raw(name);
    if (Array.isArray(value)) return value as readonly Json[];
    this.fault(name, this.has(name) ? `field '${name}' must be an array` : `field '${name}' is required`);
    return [];
  }

  optionalArray(name: string): readonly Json[] {
    return this.has(name) ? this.array(name) : [];
  }

  template(name: string): Template | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    return compileTemplate(value, name, this.checking.expressions, (at, message) => this.fault(at, message));
  }

  /** A template whose literal, if it is one, must satisfy `isValid`; an expression is checked when it is evaluated. */
  templateOf(name: string, isValid: (value: Json) => boolean, expected: string): Template | undefined {
    const template = this.template(name);
    if (
      template &&
      template.kind !== 'expression' &&
      !(template.kind === 'literal' && isValid(template.value))
    ) {
      this.fault(name, `field '${name}' must be ${expected} or a JSONata expression`);
    }
    return template;
  }
}
