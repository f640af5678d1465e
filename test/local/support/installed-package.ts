import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type Scratch, scratch } from './scratch.js';

const exec = promisify(execFile);

export const PACKAGE = 'rate-limited-orchestrator';

interface Manifest {
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A project that has installed what `npm pack` makes, as npm would, without a registry. */
export interface ProjectWithPackage extends Scratch {
  /** Runs a program in it, and returns its output. Node's options are not Jest's. */
  run(command: string, args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string>;
}

/** @param dependencies what stands beside the package. @default - all that it says that it needs */
export async function projectWithPackage(dependencies?: readonly string[]): Promise<ProjectWithPackage> {
  const project = await scratch();
  const modules = project.file('node_modules');
  await exec('npm', ['pack', '--pack-destination', project.directory]);
  await mkdir(join(modules, PACKAGE), { recursive: true });
  const archive = (await readdir(project.directory)).find((file) => file.endsWith('.tgz'));
  const unpack = ['xzf', project.file(archive ?? ''), '--strip-components=1', '-C', join(modules, PACKAGE)];
  await exec('tar', unpack);
  await writeFile(project.file('package.json'), JSON.stringify({ type: 'module' }));
  for (const name of dependencies ?? (await neededBy(join(modules, PACKAGE)))) await link(name, modules);
  return {
    ...project,
    run: async (command, args, env = {}) => {
      const own = { ...process.env, ...env };
      // Jest's own.
      delete own['NODE_OPTIONS'];
      const { stdout } = await exec(command, args, { cwd: project.directory, env: own });
      return stdout;
    },
  };
}

async function manifestOf(directory: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')) as Manifest;
}

async function neededBy(directory: string): Promise<readonly string[]> {
  const { dependencies = {}, peerDependencies = {} } = await manifestOf(directory);
  return Object.keys({ ...dependencies, ...peerDependencies });
}

/** What it needs itself, it brings along. */
async function link(name: string, modules: string): Promise<void> {
  const source = resolve('node_modules', name);
  await mkdir(dirname(join(modules, name)), { recursive: true });
  await symlink(source, join(modules, name));
  const { bin = {} } = await manifestOf(source);
  await mkdir(join(modules, '.bin'), { recursive: true });
  for (const [command, file] of Object.entries(typeof bin === 'string' ? { [name]: bin } : bin))
    await symlink(join(source, file), join(modules, '.bin', command));
}
