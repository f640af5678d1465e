import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = pathToFileURL(join(process.cwd(), 'local', 'legacy-api')).href;

/** Leaves a call of a minute in flight through both servers, then stops them. */
const program = `
  import { startLegacyApi } from '${folder}/legacy-api.ts';
  import { startLegacyApiForwarder } from '${folder}/legacy-api-forwarder.ts';
  const latency = { medianMs: 60_000, p99Ms: 60_000 };
  const api = await startLegacyApi({ port: 0, limits: [], latency, seed: 1 });
  const forwarder = await startLegacyApiForwarder({ upstreamUrl: api.url, limits: [] });
  const call = fetch(forwarder.url).catch(() => undefined);
  while (api.figures().calls === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await forwarder.stop();
  await api.stop();
  await call;
  console.log('stopped');
`;

describe('stop', () => {
  it('leaves nothing behind that keeps the process alive', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 8_000,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));

    const [exitCode] = (await once(child, 'close')) as [number | null];

    expect(output).toBe('stopped\n');
    expect(exitCode).toBe(0);
  }, 10_000);
});
