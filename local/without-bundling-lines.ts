/** Runs this without the line that CDK prints for each asset that it bundles. Whatever else is printed still is. */
export function withoutBundlingLines<T>(build: () => T): T {
  const { stderr } = process;
  const write = stderr.write.bind(stderr);
  stderr.write = (chunk: string | Uint8Array, ...rest: never[]) =>
    String(chunk).startsWith('Bundling asset ') || write(chunk, ...rest);
  try {
    return build();
  } finally {
    stderr.write = write;
  }
}
