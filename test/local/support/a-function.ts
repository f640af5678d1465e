import { writeFile } from 'node:fs/promises';
import { buildHost } from '../../../local/aws/lambda/build-host.js';
import { LambdaFunction, type LambdaFunctionOptions } from '../../../local/aws/lambda/lambda-function.js';
import { type Scratch, scratch } from './scratch.js';

/** Functions of one small handler, in real processes. */
export interface Functions {
  readonly logs: readonly string[];
  create(more?: Partial<LambdaFunctionOptions>): LambdaFunction;
  stop(): Promise<void>;
}

/** `source` is the body of a CommonJS module that exports `handler`. */
export async function functionsOf(source: string): Promise<Functions> {
  const files: Scratch = await scratch();
  const hostFile = await buildHost(files.directory);
  await writeFile(files.file('index.js'), source);
  const created: LambdaFunction[] = [];
  const logs: string[] = [];
  return {
    logs,
    create: (more) => {
      const lambdaFunction = new LambdaFunction({
        name: 'worker',
        codeDirectory: files.directory,
        handler: 'index.handler',
        timeoutSeconds: 10,
        memoryMb: 128,
        reservedConcurrency: undefined,
        variables: {},
        hostFile,
        onLog: (line) => logs.push(line),
        ...more,
      });
      created.push(lambdaFunction);
      return lambdaFunction;
    },
    stop: async () => {
      await Promise.all(created.map((lambdaFunction) => lambdaFunction.stop()));
      await files.remove();
    },
  };
}
