import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, STACK_NAME } from '../../infra/build-app.js';
import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { aLegacyApi } from './support/a-legacy-api.js';

const BUNDLE_MAX_BYTES = 400_000;

const EXPRESSION = '{ "the": "mapping" }';

const common = { effect: 'idempotent', timeoutMs: 5_000 } as const;

const soap = { namespace: 'urn:erp', element: 'Call' };

interface FunctionResource {
  readonly Type: string;
  readonly Properties: {
    readonly Code: { readonly S3Key: string };
    readonly Environment?: { readonly Variables: Readonly<Record<string, unknown>> };
  };
}

/** What cannot be minified away, of each part that is bundled only where it is needed. */
const MARKS = {
  jsonata: 'jsonata.__evaluate_entry',
  soap: 'schemas.xmlsoap.org',
  resultStore: 'PutObject',
  secrets: 'GetSecretValue',
} as const;

function partsIn(code: string): readonly string[] {
  return Object.entries(MARKS).flatMap(([part, mark]) => (code.includes(mark) ? [part] : []));
}

/** The worker as it is bundled for this configuration, and its environment. */
function workerFor(outdir: string, more: Partial<OrchestratorConfigInput>) {
  const directory = join(outdir, String(readdirSync(outdir).length));
  const app = buildApp({ context: { orchestrators: [aLegacyApi(more)] }, outdir: directory });
  const { Resources } = app.synth().getStackByName(STACK_NAME).template as {
    readonly Resources: Readonly<Record<string, FunctionResource>>;
  };
  const [, worker] =
    Object.entries(Resources).find(
      ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.includes('Worker'),
    ) ?? [];
  const hash = worker?.Properties.Code.S3Key.replace('.zip', '') ?? '';
  return {
    code: readFileSync(join(directory, `asset.${hash}`, 'index.js'), 'utf8'),
    environment: JSON.stringify(worker?.Properties.Environment),
    hash,
  };
}

describe('the bundle of the worker', () => {
  let outdir: string;

  beforeAll(() => {
    outdir = mkdtempSync(join(tmpdir(), 'bundles-'));
  });

  afterAll(() => rmSync(outdir, { recursive: true }));

  it(`takes at most ${BUNDLE_MAX_BYTES} bytes for JSON over HTTP, without what that does not need`, () => {
    const { code } = workerFor(outdir, {});

    expect(code.length).toBeLessThanOrEqual(BUNDLE_MAX_BYTES);
    expect(partsIn(code)).toEqual([]);
  }, 30_000);

  it('has the mappings and what runs them, which the environment has no room for', () => {
    const operations = { call: { ...common, body: EXPRESSION } };

    const { code, environment } = workerFor(outdir, { operations });

    expect(partsIn(code)).toEqual(['jsonata']);
    expect(code.includes('"the": "mapping"')).toBe(true);
    expect(environment).not.toContain('mapping');
  }, 30_000);

  it('has SOAP where an operation is called by it, without JSONata', () => {
    const { code } = workerFor(outdir, { operations: { call: { ...common, soap } } });

    expect(partsIn(code)).toEqual(['soap']);
    expect(code.length).toBeLessThanOrEqual(BUNDLE_MAX_BYTES);
  }, 30_000);

  it('has what only a lookup needs', () => {
    const once = { ...common, effect: 'once' as const };
    const lookup = { path: '/find', soap, executed: 'found = "true"' };
    const { code } = workerFor(outdir, { operations: { call: { ...once, lookup } } });

    expect(partsIn(code)).toEqual(['jsonata', 'soap']);
    const ownLookup = { path: '/find', adapter: 'example' };
    const own = workerFor(outdir, { operations: { call: { ...once, lookup: ownLookup } } }).code;
    expect(own.includes('begins with neither OK nor ERROR')).toBe(true);
  }, 30_000);

  it('has the client of S3 where results are offloaded', () => {
    expect(partsIn(workerFor(outdir, { resultOffload: {} }).code)).toEqual(['resultStore']);
  }, 30_000);

  it('has the clients for secrets where the configuration names one', () => {
    const { code } = workerFor(outdir, { credentials: { kind: 'bearer', secret: 'erp' } });

    expect(partsIn(code)).toEqual(['secrets']);
    expect(code.length).toBeLessThanOrEqual(BUNDLE_MAX_BYTES);
  }, 30_000);

  it('has the module of one’s own that an operation names', () => {
    const { code } = workerFor(outdir, { operations: { call: { ...common, adapter: 'example' } } });

    expect(code.includes('begins with neither OK nor ERROR')).toBe(true);
    expect(partsIn(code)).toEqual([]);
  }, 30_000);

  it('is the same wherever the same is synthesized', () => {
    const more = { operations: { call: { ...common, body: EXPRESSION } } };

    expect(workerFor(outdir, more).hash).toBe(workerFor(outdir, more).hash);
  }, 30_000);
});
