import jsonata from 'jsonata';
import type { Timers } from '../timers.js';
import type { Randomness } from '../randomness.js';
import { addedFunctions } from './added-functions.js';

/** A compiled JSONata expression and its source, without the `{%` and `%}`. */
export interface Expression {
  readonly source: string;
  readonly compiled: jsonata.Expression;
}

/** AWS ends an evaluation after a second: https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html */
const evaluationMaxMs = 1_000;

/** Bound per evaluation; not an identifier, so no expression can reach or replace it. */
const progressName = 'progress of the evaluation';

/**
 * An evaluation of fewer steps that took a second was held up. The check of a call's input has 352 steps, and an endless
 * loop made 527,000 in a second (on a busy machine).
 */
const stepsLeast = 100_000;

/** How far an evaluation is. */
interface Progress {
  /** Of `performance.now()`. */
  readonly beganMs: number;
  steps: number;
}

/** JSONata calls what is bound to this symbol before it evaluates each node. */
const beforeEachNode = Symbol.for('jsonata.__evaluate_entry');

/**
 * Compiles JSONata expressions as Step Functions runs them, each source once.
 *
 * `$now`, `$millis`, `$random` and `$uuid` follow the given clock and randomness, so that a run can be replayed.
 */
export class Expressions {
  readonly #timers: Timers;
  readonly #randomness: Randomness;
  readonly #cache = new Map<string, Expression>();

  constructor(timers: Timers, randomness: Randomness) {
    this.#timers = timers;
    this.#randomness = randomness;
  }

  /** Throws an Error that says what is wrong with the source. */
  compile(source: string): Expression {
    const cached = this.#cache.get(source);
    if (cached) return cached;
    const compiled = compileOrExplain(source);
    if (uses(compiled.ast(), 'eval')) throw new Error("function '$eval' is not supported: use '$parse'");
    for (const { name, signature, run } of addedFunctions(this.#timers, this.#randomness)) {
      compiled.registerFunction(name, run, signature);
    }
    bindSymbol(compiled, beforeEachNode, refuseTooLong);
    const expression = { source, compiled };
    this.#cache.set(source, expression);
    return expression;
  }
}

/** Settles when every evaluation that was asked for so far has ended. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * The raw result: undefined where the expression yields nothing. Throws an Error with JSONata's code and message.
 *
 * One at a time: an evaluation waits for nothing outside, so it is not slower for that, while hundreds that began
 * together, as a Map's do, would each take as long as all of them, and pass their deadline.
 */
export function evaluateExpression(
  expression: Expression,
  bindings: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  const result = turn.then(() => evaluateNow(expression, bindings));
  turn = result.catch(() => undefined);
  return result;
}

async function evaluateNow(
  expression: Expression,
  bindings: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  try {
    return (await expression.compiled.evaluate(undefined, {
      ...bindings,
      [progressName]: { beganMs: performance.now(), steps: 0 } satisfies Progress,
    })) as unknown;
  } catch (error) {
    throw new Error(explanation(error), { cause: error });
  }
}

function compileOrExplain(source: string): jsonata.Expression {
  try {
    return jsonata(source);
  } catch (error) {
    throw new Error(explanation(error), { cause: error });
  }
}

/** JSONata throws plain objects with a code and a message. */
function explanation(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return code + ('message' in error ? String(error.message) : 'evaluation failed');
}

/**
 * By the clock and by what was done: a busy machine may hold this process up for longer than an evaluation takes, which
 * would fail an execution that AWS completes. CPU time would not tell: a virtual machine that is held up counts it on.
 */
function refuseTooLong(_node: unknown, _input: unknown, environment: jsonata.Environment): void {
  const progress = environment.lookup(progressName) as Progress | undefined;
  if (progress === undefined) return;
  progress.steps += 1;
  if (progress.steps > stepsLeast && performance.now() - progress.beganMs > evaluationMaxMs)
    throw new Error(`the evaluation took longer than ${evaluationMaxMs} ms`);
}

/** The declared type of `assign` forgets that JSONata reads symbols too. */
function bindSymbol(expression: jsonata.Expression, symbol: symbol, value: unknown): void {
  expression.assign(symbol as unknown as string, value);
}

/** Whether a variable of this name occurs anywhere in a syntax tree. */
function uses(node: unknown, name: string): boolean {
  if (typeof node !== 'object' || node === null) return false;
  if ('type' in node && node.type === 'variable' && 'value' in node && node.value === name) return true;
  return Object.values(node).some((child: unknown) => uses(child, name));
}
