/** Builds and reads the kinds of ARN that this stand-in hands out. */
export class Arns {
  readonly #prefix: string;

  constructor(region: string, accountId: string) {
    this.#prefix = `arn:aws:states:${region}:${accountId}`;
  }

  stateMachine(name: string): string {
    return `${this.#prefix}:stateMachine:${name}`;
  }

  /** Of one run of a Distributed Map: the machine is named after its own machine and the state's label. */
  mapRun(machineName: string, id: string): string {
    return `${this.#prefix}:mapRun:${machineName}:${id}`;
  }

  execution(machineName: string, name: string): string {
    return `${this.#prefix}:execution:${machineName}:${name}`;
  }
}

/** Whether a text has the form of an ARN; AWS answers InvalidArn to anything else. */
export function isArn(text: string): boolean {
  return /^arn:aws[a-z-]*:states:[a-z0-9-]+:[0-9]{12}:[a-zA-Z]+:.+$/.test(text);
}

/** Names of executions and state machines: 1 to 80 characters, none that AWS forbids. */
export function isName(text: string): boolean {
  return text.length >= 1 && text.length <= 80 && !/[\s\p{Cc}<>{}[\]?*"#%\\^|~`$&,;:/]/u.test(text);
}
