/** What a request was answered: `accepted`, or the name of the error. Never its message, which may quote a token. */
export async function answerOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'accepted';
  } catch (error) {
    return nameOf(error);
  }
}

export function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
