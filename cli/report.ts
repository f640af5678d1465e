import type { Command } from 'commander';
import { asCommandError, EXIT } from './command-error.js';
import { connect, type Context, type GlobalOptions } from './context.js';

/** What a command found or did: for programs, and for people. */
export interface Report {
  readonly json: unknown;
  readonly text: string;
  /** False where the thing asked for is not so. @default true */
  readonly ok?: boolean;
}

/**
 * What a command does once it is called: connects, acts, and prints the report. Its options come last, as commander
 * passes them.
 */
export function acting<Args extends unknown[]>(
  program: Command,
  act: (context: Context, ...args: Args) => Promise<Report>,
): (...args: Args) => Promise<void> {
  return async (...args) => {
    const options = program.opts<GlobalOptions>();
    await reporting(options, async () => act(await connect(options), ...args));
  };
}

/** Prints the report, or tells why there is none. */
export async function reporting(options: GlobalOptions, run: () => Promise<Report>): Promise<void> {
  await endingWell(options, async () => {
    const { json, text, ok = true } = await run();
    process.stdout.write(`${options.json === true ? JSON.stringify(json, null, 2) : text}\n`);
    if (!ok) process.exitCode = EXIT.failed;
  });
}

/** Tells an error on stderr, as JSON where that was asked for, and sets the exit code. */
export async function endingWell({ json }: GlobalOptions, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const { message, exitCode } = asCommandError(error);
    process.stderr.write(errorText(message, exitCode, json));
    process.exitCode = exitCode;
  }
}

/** For stderr: a sentence for people, or one line of JSON. */
export function errorText(message: string, exitCode: number, json = false): string {
  return json ? `${JSON.stringify({ error: message, exitCode })}\n` : `error: ${message}\n`;
}
