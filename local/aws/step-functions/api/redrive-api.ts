import type { Execution } from '../execution.js';
import { ApiError, validationError } from './api-error.js';
import type { Parameters } from './parameters.js';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html */
const TOKENS_REMEMBERED = 10;
const TOKEN_LIVES_MS = 900_000;

interface Used {
  readonly token: string;
  readonly redriveMs: number;
}

/** RedriveExecution, once for each client token. */
export class Redrives {
  readonly #used = new WeakMap<Execution, readonly Used[]>();
  readonly #redrive: (execution: Execution) => void;
  readonly #nowMs: () => number;

  constructor(redrive: (execution: Execution) => void, nowMs: () => number) {
    this.#redrive = redrive;
    this.#nowMs = nowMs;
  }

  /** Refuses an execution that cannot be redriven, or by its Map alone, with ExecutionNotRedrivable. */
  redrive(execution: Execution, parameters: Parameters): object {
    const token = parameters.optionalString('clientToken', 64);
    if (token === '')
      throw validationError('clientToken', 'Member must have length greater than or equal to 1');
    const nowMs = this.#nowMs();
    const used = (this.#used.get(execution) ?? []).filter(
      ({ redriveMs }) => nowMs - redriveMs < TOKEN_LIVES_MS,
    );
    const before = used.find((one) => one.token === token);
    if (before !== undefined) return { redriveDate: before.redriveMs / 1_000 };
    const reason =
      execution.whyNotRedrivable ??
      (execution.start.mapRunArn === undefined
        ? undefined
        : 'redrive the execution that started its Map Run');
    if (reason !== undefined)
      throw new ApiError(
        'ExecutionNotRedrivable',
        `Execution Not Redrivable: '${execution.start.arn}': ${reason}`,
      );
    this.#redrive(execution);
    if (token !== undefined)
      this.#used.set(execution, [...used, { token, redriveMs: nowMs }].slice(-TOKENS_REMEMBERED));
    return { redriveDate: nowMs / 1_000 };
  }
}
