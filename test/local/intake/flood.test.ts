// Goal: a flood is taken as far as each class's budget goes, and nothing else happens to it.
// Method: a thousand requests at once against a stack whose BATCH takes ten seconds' worth of calls.
import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { synthesize } from '../../../local/synthesize.js';
import { type OwnStack, startOwnStack } from '../support/own-stack.js';
import { type Answered, clientOf } from './client.js';

const LIMITS = [{ calls: 20, windowMs: 1_000 }];

const KEYS = 10;

const keyOf = (index: number) => Math.floor(index / 10) % KEYS;

interface Flooded extends Answered {
  readonly kind: 'BATCH' | 'HIGH' | 'keyed' | 'invalid';
  readonly index: number;
}

describe('a thousand requests at once', () => {
  let stack: OwnStack;
  let answers: readonly Flooded[];
  let started: readonly string[];

  const bodies = {
    BATCH: () => ({ operation: 'createOrder', priority: 'BATCH' }),
    HIGH: () => ({ operation: 'createOrder', priority: 'HIGH' }),
    keyed: (index: number) => ({
      operation: 'createOrder',
      priority: 'HIGH',
      idempotencyKey: `key-${keyOf(index)}`,
    }),
    invalid: () => ({ operation: 'createOrder', priority: 'SOON' }),
  };

  beforeAll(async () => {
    stack = await startOwnStack({
      api: {
        kind: 'simulated',
        port: 0,
        limits: LIMITS,
        inFlightMax: 5,
        latency: { medianMs: 50, p99Ms: 50 },
        seed: 1,
      },
      synthesize: (directory, baseUrl) =>
        synthesize(directory, {
          baseUrl,
          limits: LIMITS,
          slots: 5,
          intake: { requestsPerSecond: 1_000, requestsBurst: 1_000, backlogBudgetSeconds: { BATCH: 10 } },
        }),
    });
    const ask = clientOf(stack.output('IntakeUrl'));
    const kinds = Array.from({ length: 1_000 }, (_, index) =>
      index % 10 < 6 ? 'BATCH' : (['HIGH', 'HIGH', 'keyed', 'invalid'] as const)[(index % 10) - 6],
    );
    answers = await Promise.all(
      kinds.map(async (kind = 'BATCH', index) => ({
        ...(await ask('/calls', { body: bodies[kind](index) })),
        kind,
        index,
      })),
    );
    started = await executions();
  }, 180_000);

  afterAll(() => stack.stop());

  async function executions(): Promise<readonly string[]> {
    const names: string[] = [];
    let nextToken: string | undefined;
    do {
      const page = await stack.sfn.send(
        new ListExecutionsCommand({
          stateMachineArn: stack.output('StateMachineArn'),
          ...(nextToken === undefined ? {} : { nextToken }),
        }),
      );
      names.push(...(page.executions ?? []).map(({ name }) => name ?? ''));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return names;
  }

  it('are answered with 202, 400 or a 503 that says when to come back', () => {
    expect([...new Set(answers.map(({ status }) => status))].sort()).toEqual([202, 400, 503]);
    const refused = answers.filter(({ status }) => status === 503);
    expect(refused.filter(({ headers }) => !(Number(headers.get('retry-after')) >= 1))).toEqual([]);
  });

  it('never close the door for HIGH, and refuse what is invalid as such', () => {
    const full = answers.filter(({ body }) => String(body['type']).endsWith(':backlog-full'));

    expect(new Set(full.map(({ kind, body }) => `${kind} ${String(body['priority'])}`))).toEqual(
      new Set(['BATCH BATCH']),
    );
    expect(answers.filter(({ status }) => status === 400).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 100 }, () => 'invalid'),
    );
  });

  it('start exactly the executions that were promised, and none twice for one key', () => {
    const promised = answers.filter(({ status }) => status === 202).map(({ body }) => String(body['id']));
    const keyed = answers.filter(({ kind, status }) => kind === 'keyed' && status === 202);

    expect([...started].sort()).toEqual([...new Set(promised)].sort());
    for (let key = 0; key < KEYS; key += 1) {
      const ids = keyed.filter(({ index }) => keyOf(index) === key).map(({ body }) => body['id']);
      expect(new Set(ids).size).toBe(1);
    }
  });

  it('fill a class about as far as its budget allows', () => {
    const taken = answers.filter(({ kind, status }) => kind === 'BATCH' && status === 202).length;

    // Ten seconds are some 190 calls; eight processes count for themselves until the queues show what the others took.
    expect(taken).toBeGreaterThan(20);
    expect(taken).toBeLessThan(600);
  });
});
