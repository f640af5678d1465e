import { OptionError } from './units.js';

/** Told below a refused command line: the whole help would push the refusal off the screen. */
export const HELP_HINT = '(add --help to see what is allowed)';

/**
 * The same parser, whose OptionError becomes the error by which a command line's library knows a refusal.
 *
 * @param alsoAllowed a sentence about words that `parse` need not know
 */
export function refusingWith<T>(
  Refusal: new (message: string) => Error,
  parse: (text: string) => T,
  alsoAllowed = '',
): (text: string) => T {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof OptionError) throw new Refusal(`expected ${error.message}${alsoAllowed}`);
      throw error;
    }
  };
}
