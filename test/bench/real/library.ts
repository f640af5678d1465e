import { Agent, request } from 'node:http';
import { startJudgedApi } from '../../../local/legacy-api/start-judged-api.js';
import { figuresOf, type Row } from '../row.js';
import type { Workload } from '../workload.js';
import type { Call, StartClient } from './clients/client.js';
import { JudgedCalls } from './judged-calls.js';
import { submitAll } from './submit-all.js';

/** Runs a library in this process against the strict legacy API in one of its own, which judges every call. */
export async function runLibrary(
  workload: Workload,
  start: StartClient,
  onCall: (arrived: number) => void,
): Promise<Omit<Row, 'name'>> {
  const { limit, slots, latency, seed, jobs } = workload;
  const calls = new JudgedCalls();
  const api = await startJudgedApi(
    { kind: 'simulated', port: 0, limits: [limit], inFlightMax: slots, latency, seed },
    (event) => {
      calls.called(event);
      onCall(calls.arrived);
    },
  );
  const agent = new Agent({ keepAlive: true });
  try {
    const client = await start(workload, callOver(api.url, agent));
    try {
      await submitAll(workload, (job) => {
        calls.submitted(job.name);
        return client.submit(job);
      });
      const { responses429: violations } = await api.figures();
      return { time: 'real', slots, violations, ...figuresOf(calls.served(jobs), workload) };
    } finally {
      await client.close();
    }
  } finally {
    agent.destroy();
    await api.stop();
  }
}

function callOver(url: string, agent: Agent): Call {
  return (job) =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ reference: job.name });
      const headers = {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        'idempotency-key': job.name,
      };
      const outgoing = request(`${url}/orders`, { method: 'POST', agent, headers }, (answer) => {
        answer.resume();
        answer.once('end', resolve);
      });
      outgoing.once('error', reject);
      outgoing.end(body);
    });
}
