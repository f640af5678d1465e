/** What somebody wants to have called. */
export interface Order {
  /** Names the call to the API. */
  readonly key: string;
  readonly priority: 'HIGH' | 'NORMAL';
}

/** A way to have calls made. */
export interface Door {
  /** As people call it. */
  readonly name: string;
  /** Asks for these calls. Returns the names of their executions, in their order; throws where one was not taken. */
  ask(orders: readonly Order[]): Promise<readonly string[]>;
}
