import { OrchestratorClientError } from '../client/errors.js';

/** What the exit code of every command says. */
export const EXIT = { done: 0, failed: 1, usage: 2, unreachable: 3 } as const;

/** A command cannot do what it was asked: what went wrong, the value, what is allowed, and what to do. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.failed, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/**
 * The error as people should see it. Of what AWS says, only the name is told where nobody has foreseen it: messages of
 * services may quote what they were sent.
 */
export function asCommandError(error: unknown): CommandError {
  if (error instanceof CommandError) return error;
  if (!(error instanceof Error)) return new CommandError(`failed: ${String(error)}`);
  if (error instanceof OrchestratorClientError)
    return new CommandError(error.message, EXIT.failed, { cause: error });
  if (isOfNetworkOrCredentials(error))
    return new CommandError(
      `cannot reach AWS: ${nameOf(error)}; check credentials, Region and network. With --local: start it with npm run local, and set AWS_ENDPOINT_URL where it says so`,
      EXIT.unreachable,
      { cause: error },
    );
  if ('$metadata' in error)
    return new CommandError(
      `AWS refused: ${error.name}; check --stack, --api and your permissions`,
      EXIT.unreachable,
      {
        cause: error,
      },
    );
  return new CommandError(error.message, EXIT.failed, { cause: error });
}

/** The SDK gives this error no name of its own. */
const NO_REGION = 'Region is missing';

const NAMES =
  /^(CredentialsProviderError|TimeoutError|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|AggregateError)/;

function isOfNetworkOrCredentials(error: Error): boolean {
  return 'code' in error || NAMES.test(error.name) || error.message === NO_REGION;
}

function nameOf(error: Error): string {
  if (error.message === NO_REGION) return NO_REGION;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
