/** A request that is refused: what AWS answers with status 400 and the code as `__type`. */
export class ApiError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
  }
}

/** A parameter outside the API's model, in AWS's wording. */
export function validationError(parameter: string, constraint: string): ApiError {
  return new ApiError(
    'ValidationException',
    `1 validation error detected: Value at '${parameter}' failed to satisfy constraint: ${constraint}`,
  );
}
