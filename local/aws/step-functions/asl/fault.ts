/** One thing that is wrong with a definition, and where, as a path such as `/States/Call/Next`. */
export interface Fault {
  readonly path: string;
  readonly message: string;
}

/** Thrown when a definition is refused; lists every fault, not just the first. */
export class InvalidDefinitionError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      `invalid state machine definition:\n${faults.map(({ path, message }) => `  ${message} at ${path}`).join('\n')}`,
    );
    this.name = 'InvalidDefinitionError';
    this.faults = faults;
  }
}
