import { isArn } from '../arn.js';
import { ApiError, validationError } from './api-error.js';

/** Reads the parameters of a request; each throws the ApiError that AWS answers to a bad one. */
export class Parameters {
  readonly #body: Readonly<Record<string, unknown>>;

  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new ApiError('SerializationException', 'the request body must be a JSON object');
    }
    this.#body = body as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return (this.#body[name] ?? undefined) !== undefined;
  }

  string(name: string, charactersMax: number): string {
    const value = this.optionalString(name, charactersMax);
    if (value === undefined) throw validationError(name, 'Member must not be null');
    return value;
  }

  optionalString(name: string, charactersMax: number): string | undefined {
    const value = this.#body[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'string') throw new ApiError('SerializationException', `'${name}' must be a string`);
    if (value.length > charactersMax) {
      throw validationError(name, `Member must have length less than or equal to ${charactersMax}`);
    }
    return value;
  }

  arn(name: string): string {
    const value = this.string(name, 256);
    if (value === '') throw validationError(name, 'Member must have length greater than or equal to 1');
    if (!isArn(value)) throw new ApiError('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${value}'`);
    return value;
  }

  optionalNumber(name: string, least: number, most = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = this.#body[name] ?? undefined;
    if (value === undefined) return undefined;
    if (typeof value !== 'number') throw new ApiError('SerializationException', `'${name}' must be a number`);
    if (value < least)
      throw validationError(name, `Member must have value greater than or equal to ${least}`);
    if (value > most) throw validationError(name, `Member must have value less than or equal to ${most}`);
    return value;
  }

  boolean(name: string, unless: boolean): boolean {
    const value = this.#body[name] ?? unless;
    if (typeof value !== 'boolean')
      throw new ApiError('SerializationException', `'${name}' must be a boolean`);
    return value;
  }

  /** `maxResults`: 1 to 1,000; 0 and absent mean 100. */
  get maxResults(): number {
    const value = this.#body['maxResults'] ?? 0;
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
      throw validationError('maxResults', 'Member must have value greater than or equal to 0');
    }
    if (value > 1_000)
      throw validationError('maxResults', 'Member must have value less than or equal to 1000');
    return value === 0 ? 100 : value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.optionalString(name, 256);
    const known = allowed.find((one) => one === value);
    if (value !== undefined && known === undefined) {
      throw validationError(name, `Member must satisfy enum value set: [${allowed.join(', ')}]`);
    }
    return known;
  }
}
