import { sha256 } from '../../lambdas/adapters/sha-256.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { INTAKE_ROUTES, type IntakeOperation, routeKeyOf } from '../../lambdas/core/contracts/intake-api.js';
import type { Priority } from '../../lambdas/core/contracts/priority.js';
import { OPEN_CONTROL } from '../../lambdas/core/control.js';
import { answerIntake } from '../../lambdas/core/intake/answer.js';
import type { IntakeRequest } from '../../lambdas/core/intake/http.js';
import {
  type FoundCall,
  type IntakePorts,
  type PageOfCalls,
  type Standing,
  UnavailableError,
} from '../../lambdas/core/intake/ports.js';
import type { LedgerEntry } from '../../lambdas/core/ledger/ledger-entry.js';
import { takeCall } from '../../lambdas/core/intake/take-call.js';
import { aConfig } from './a-config.js';
import { START_MS } from './virtual-clock.js';

export const DOCUMENT = { openapi: '3.1.0' };

export interface Asked {
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly id?: string;
  /** A text as it is; anything else as JSON. */
  readonly body?: unknown;
}

type List = Parameters<IntakePorts['calls']['list']>[0];

/** An intake before a Step Functions that remembers names, and may start an execution without answering. */
export class AnIntake {
  nowMs = START_MS;
  answers = true;
  reachable = true;
  /** Undefined where it cannot be read. */
  standing: Standing | undefined = standingWith(0);
  page: PageOfCalls | 'badCursor' = { calls: [], cursor: undefined };
  lastEvent: string | undefined;
  waitingMessage: unknown;
  ledgerEntry: LedgerEntry | undefined;
  starts = 0;
  rings = 0;
  readonly executions = new Map<string, FoundCall>();
  readonly counted: string[] = [];
  readonly accepted: Priority[] = [];
  readonly stopped: (readonly [arn: string, cause: string])[] = [];
  readonly sent: { readonly body: string; readonly tenant: string | undefined }[] = [];
  readonly listed: List[] = [];
  readonly looked: string[] = [];
  #names = 0;
  readonly #config: OrchestratorConfig;

  constructor(config: OrchestratorConfig = aConfig({ intake: {} })) {
    this.#config = config;
  }

  readonly ports: IntakePorts = {
    nowMs: () => this.nowMs,
    calls: {
      start: (name, inputJson) => this.#start(name, inputJson),
      find: (name) => this.#find(name),
      list: (request) => {
        this.listed.push(request);
        return Promise.resolve(this.page);
      },
      stop: (arn, cause) => {
        this.stopped.push([arn, cause]);
        const found = [...this.executions.values()].find((one) => one.arn === arn);
        if (found !== undefined) this.put({ ...found, status: 'ABORTED', endedAtMs: this.nowMs });
        return Promise.resolve();
      },
      lastEvent: () => Promise.resolve(this.lastEvent),
      waitingMessage: () => Promise.resolve(this.waitingMessage),
    },
    standing: {
      read: () => Promise.resolve(this.standing),
      accepted: (priority) => void this.accepted.push(priority),
    },
    ledger: {
      read: ({ operation, idempotencyKey }) => {
        this.looked.push(`${operation} ${idempotencyKey}`);
        return Promise.resolve(this.ledgerEntry);
      },
    },
    sendHigh: (body, tenant) => Promise.resolve(void this.sent.push({ body, tenant })),
    ring: () => {
      this.rings += 1;
      return Promise.resolve();
    },
    fingerprint: sha256,
    newName: () => `new-${(this.#names += 1)}`,
    count: {
      taken: (priority) => void this.counted.push(`${priority} taken`),
      turnedAway: (priority) => void this.counted.push(`${priority} turned away`),
    },
  };

  /** Asks over HTTP, with JSON where there is a body. */
  ask(operation: IntakeOperation, { query = {}, headers, id, body = '' }: Asked = {}) {
    const { method, path } = INTAKE_ROUTES[operation];
    return this.send({
      ...{ routeKey: routeKeyOf(INTAKE_ROUTES[operation]), method, path, id, query },
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  }

  send(request: IntakeRequest) {
    return answerIntake(this.ports, this.#config, request, () => DOCUMENT);
  }

  take(input: unknown) {
    return takeCall(this.ports, this.#config, input);
  }

  put(call: FoundCall): FoundCall {
    this.executions.set(call.id, call);
    return call;
  }

  /** What was started ends well. */
  endAll(): void {
    for (const call of this.executions.values())
      this.put({ ...call, status: 'SUCCEEDED', endedAtMs: this.nowMs });
  }

  #start(name: string, inputJson: string): Promise<'started' | 'existed'> {
    this.starts += 1;
    if (!this.reachable) return Promise.reject(new UnavailableError('nobody answers'));
    const earlier = this.executions.get(name);
    if (earlier !== undefined && (earlier.status !== 'RUNNING' || earlier.inputJson !== inputJson))
      return Promise.resolve('existed');
    this.put(aFoundCall({ id: name, inputJson }));
    return this.answers ? Promise.resolve('started') : Promise.reject(new UnavailableError('too late'));
  }

  #find(name: string): Promise<FoundCall | undefined> {
    return this.reachable
      ? Promise.resolve(this.executions.get(name))
      : Promise.reject(new UnavailableError('nobody answers'));
  }
}

/** A running call. Its ARN is made from its id. */
export function aFoundCall(more: Partial<FoundCall> = {}): FoundCall {
  const { id = 'call-1' } = more;
  return {
    ...{ id, arn: `arn:${id}`, status: 'RUNNING', startedAtMs: START_MS, endedAtMs: undefined },
    inputJson: JSON.stringify({ operation: 'getOrder', idempotencyKey: 'order-7', payload: { lines: [1] } }),
    ...{ outputJson: undefined, error: undefined, cause: undefined },
    ...more,
  };
}

/** As many calls of every class wait, and nothing keeps them. */
export function standingWith(waiting: number, more: Partial<Standing> = {}): Standing {
  const contents = { waiting, inFlight: 0 };
  return {
    ...{ atMs: START_MS, control: OPEN_CONTROL, quotaBook: [] },
    queues: { HIGH: contents, NORMAL: contents, BATCH: contents },
    ...more,
  };
}
