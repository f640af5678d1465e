import { Argument, InvalidArgumentError } from 'commander';
import { PRIORITIES, type Priority } from '../lambdas/core/contracts/priority.js';

/** Any number of classes, in any case. */
export function priorityArgument(): Argument {
  return new Argument('[class...]', `${PRIORITIES.join(', ')}, in any case`)
    .argParser((text: string, sofar: readonly Priority[]) => [...sofar, parsePriority(text)])
    .default([], 'all');
}

export function parsePriority(text: string): Priority {
  const priority = PRIORITIES.find((known) => known === text.toUpperCase());
  if (priority === undefined) throw new InvalidArgumentError(`expected one of ${PRIORITIES.join(', ')}`);
  return priority;
}
