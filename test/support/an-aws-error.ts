/** An error as the AWS SDK throws it: its name is the service's code. */
export function anAwsError(name: string, message = 'said the service'): Error {
  return Object.assign(new Error(message), { name });
}
