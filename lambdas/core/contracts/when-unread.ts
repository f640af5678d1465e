/** The exit code of a program whose output nobody reads any more: 128 and the number of SIGPIPE, as shells say it. */
export const UNREAD = 141;

interface Output {
  on(event: 'error', listener: (error: Error & { readonly code?: string }) => void): unknown;
}

/** Ends a program quietly once whoever read its output has closed the pipe, as `head` does. May call `end` again. */
export function whenUnread(output: Output, end: () => void): void {
  output.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
    end();
  });
}
