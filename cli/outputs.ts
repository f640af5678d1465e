import { readFile } from 'node:fs/promises';

/** What a command needs to know of a stack could not be found: every fault, each a sentence. */
export class OutputsError extends Error {}

/**
 * Reads what `cdk deploy --outputs-file` wrote, and returns the named outputs of one orchestrator. Throws an
 * OutputsError that names what is missing.
 *
 * @param api the orchestrator's name; undefined where the stack has only one
 */
export async function readOutputs<Name extends string>(
  file: string,
  api: string | undefined,
  names: readonly Name[],
): Promise<Readonly<Record<Name, string>>> {
  const outputs = Object.entries(await readJson(file)).flatMap(([, stack]) => Object.entries(stack));
  const faults: string[] = [];
  const found = names.map((name) => {
    const values = outputs.filter(([output]) => isOf(output, name, api)).map(([, value]) => value);
    if (values.length === 0)
      faults.push(`${file}: no output ${name} of ${api ?? 'an orchestrator'}; deploy the stack again`);
    if (values.length > 1)
      faults.push(`${file}: ${values.length} orchestrators have an output ${name}; say which with --api`);
    return [name, values[0] ?? ''] as const;
  });
  if (faults.length > 0) throw new OutputsError(faults.join('\n'));
  return Object.fromEntries(found) as Record<Name, string>;
}

/** Outputs are named after the orchestrator in PascalCase: `legacy-api` has `LegacyApiParkedUrl`. */
function isOf(output: string, name: string, api: string | undefined): boolean {
  if (api === undefined) return output.endsWith(name);
  return output.toLowerCase() === `${api.replaceAll('-', '')}${name}`.toLowerCase();
}

async function readJson(file: string): Promise<Record<string, Record<string, string>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, Record<string, string>>;
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : 'it cannot be read';
    throw new OutputsError(`${file}: ${why}; write it with npx cdk deploy --outputs-file ${file}`, {
      cause: error,
    });
  }
}
