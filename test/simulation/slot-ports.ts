import { type Lane, priorityOf } from '../../lambdas/core/contracts/lane.js';
import type { Message, Ports, ResumeOutcome } from '../../lambdas/core/ports.js';
import type { SlotEvent } from '../../lambdas/core/worker/slot-event.js';
import type { Dice } from './dice.js';
import { CALLBACK_REQUEST, SQS_REQUEST, TABLE_READ, TABLE_WRITE, TIMER_LATE_MAX_MS } from './latencies.js';
import type { ModelLegacyApi } from './legacy-api.js';
import type { MessageQueue, Stored } from './message-queue.js';
import type { Life } from './life.js';
import type { Scheduler } from './scheduler.js';
import type { StandardQueue } from './standard-queue.js';
import type { ModelStepFunctions } from './step-functions.js';
import type { ModelTable } from './table.js';
import type { Turn, TurnWatch } from './turn-watch.js';
import type { Usage } from './usage.js';

/** The most that one request brings. */
const RECEIVE_MAX = 10;

/** A class without an allowance has an overflow as well, in which nothing ever lies. */
export type LaneQueues = Readonly<Record<Lane, MessageQueue<string>>>;

/** The world as the ports of one invocation reach it. */
export interface Surroundings {
  readonly scheduler: Scheduler;
  readonly dice: Dice;
  readonly queues: LaneQueues;
  readonly bells: StandardQueue<undefined>;
  readonly stepFunctions: ModelStepFunctions;
  readonly table: ModelTable;
  readonly legacyApi: ModelLegacyApi;
  readonly turns: TurnWatch;
  readonly usage: Usage;
  readonly onSlotEvent: (slotId: string, event: SlotEvent) => void;
}

/** The ports through which the shipped slot loop touches the model of the world. */
export function slotPorts(world: Surroundings, life: Life): Ports {
  const { scheduler, dice, legacyApi, onSlotEvent } = world;
  return {
    clock: {
      nowMs: () => scheduler.nowMs,
      sleepUntil: (instantMs) => sleepUntil(world, life, instantMs),
    },
    random: { ratio: () => dice.ratio() },
    queues: taskQueues(world, life),
    doorbell: {
      ring: (delayMs = 0) =>
        sqs(world, life, () => world.bells.send(undefined, Math.ceil(delayMs / 1_000) * 1_000)),
    },
    callback: taskCallback(world, life),
    legacyApi: {
      prepare: (request) => Promise.resolve({ kind: 'ready', call: () => legacyApi.call(life, request) }),
    },
    ...table(world, life),
    results: undefined,
    fingerprint: (text) => text,
    telemetry: { record: (event) => onSlotEvent(life.slotId, event), flush: () => undefined },
  };
}

function sleepUntil({ scheduler, dice }: Surroundings, life: Life, instantMs: number): Promise<void> {
  const leftMs = instantMs - scheduler.nowMs;
  if (!(leftMs > 0)) return Promise.resolve();
  const lateMs = dice.between(0, TIMER_LATE_MAX_MS);
  return life.until<undefined>(leftMs, (answerAt) => answerAt(instantMs + lateMs, undefined));
}

function taskQueues(world: Surroundings, life: Life): Ports['queues'] {
  const turn: Turn = new Map();
  return {
    receive: (lane, waitSeconds) =>
      waitSeconds === 0
        ? sqs(world, life, () => shortPoll(world, turn, lane))
        : longPoll(world, life, turn, lane, waitSeconds * 1_000),
    receiveSome: (lane) => sqs(world, life, () => shortPollForSome(world, turn, lane)),
    delete: ({ lane, receiptHandle }) => sqs(world, life, () => world.queues[lane].delete(receiptHandle)),
    defer: ({ lane, receiptHandle }, delayMs) =>
      sqs(world, life, () => world.queues[lane].hide(receiptHandle, Math.ceil(delayMs / 1_000) * 1_000)),
    park: () => sqs(world, life, () => undefined),
  };
}

function sqs<T>({ usage }: Surroundings, life: Life, effect: () => T): Promise<T> {
  usage.sqsRequests += 1;
  return life.request(SQS_REQUEST, effect);
}

function shortPoll(world: Surroundings, turn: Turn, lane: Lane): Message | undefined {
  const queue = world.queues[lane];
  const hadSome = queue.visibleCount > 0;
  const stored = queue.take();
  if (stored === undefined) world.turns.foundNothing(turn, lane, hadSome);
  return stored === undefined ? undefined : received(world, turn, lane, stored);
}

/** No turn: it clears dead work, mostly while nothing may be called, and keeps no other class from a call. */
function shortPollForSome(world: Surroundings, turn: Turn, lane: Lane): readonly Message[] {
  const queue = world.queues[lane];
  const hadSome = queue.visibleCount > 0;
  const first = queue.take();
  if (first === undefined) {
    world.turns.foundNothing(turn, lane, hadSome);
    return [];
  }
  turn.clear();
  const received = [first];
  while (received.length < RECEIVE_MAX) {
    const stored = queue.takeMore(received);
    if (stored === undefined) break;
    received.push(stored);
  }
  return received.map((stored) => messageOf(world, lane, stored));
}

/** SQS answers a long poll also where its caller has died meanwhile: the message then stays hidden. */
function longPoll(
  world: Surroundings,
  life: Life,
  turn: Turn,
  lane: Lane,
  waitMs: number,
): Promise<Message | undefined> {
  const { scheduler, usage, queues, turns } = world;
  usage.sqsRequests += 1;
  const oneWayMs = SQS_REQUEST.medianMs / 2;
  return life.until(waitMs, (answerAt) =>
    scheduler.after(oneWayMs, () =>
      queues[lane].takeOrWait(scheduler.nowMs + waitMs, (stored) => {
        if (stored === undefined) turns.foundNothing(turn, lane, false);
        const message = stored === undefined ? undefined : received(world, turn, lane, stored);
        answerAt(scheduler.nowMs + oneWayMs, message);
      }),
    ),
  );
}

function received(world: Surroundings, turn: Turn, lane: Lane, stored: Stored<string>): Message {
  world.turns.took(turn, lane);
  return messageOf(world, lane, stored);
}

function messageOf({ usage }: Surroundings, lane: Lane, stored: Stored<string>): Message {
  usage.receives += 1;
  return {
    priority: priorityOf(lane),
    lane,
    body: stored.content,
    receiptHandle: stored.receipt,
    receiveCount: stored.receiveCount,
  };
}

export function taskCallback(
  { stepFunctions }: Pick<Surroundings, 'stepFunctions'>,
  life: Life,
): Ports['callback'] {
  return {
    succeed: (taskToken, outputJson) => resume(life, () => stepFunctions.succeed(taskToken, outputJson)),
    fail: (taskToken, failure) => resume(life, () => stepFunctions.fail(taskToken, failure)),
    probe: (taskToken) =>
      life.request<'waiting' | 'closed' | 'unknown'>(
        CALLBACK_REQUEST,
        () => (stepFunctions.waitingFor(taskToken) === undefined ? 'closed' : 'waiting'),
        () => {
          stepFunctions.probeFailed(taskToken);
          return 'unknown';
        },
      ),
  };
}

function resume(life: Life, effect: () => boolean): Promise<ResumeOutcome> {
  return life.request<ResumeOutcome>(
    CALLBACK_REQUEST,
    () => ({ kind: effect() ? 'resumed' : 'taskClosed' }),
    () => ({ kind: 'unavailable', reason: 'ThrottlingException' }),
  );
}

function table(world: Surroundings, life: Life): Pick<Ports, 'control' | 'slots' | 'ledger' | 'quotaBook'> {
  const { scheduler, table } = world;
  return {
    control: {
      read: () => read(world, life, () => table.control),
      changeGate: (next) =>
        write(world, life, () => table.changeGate(next, { slotId: life.slotId, nowMs: scheduler.nowMs })),
    },
    slots: {
      open: async (record, nowMs) => {
        await write(world, life, () => void table.slots.set(record.slotId, record));
        return read(world, life, () => table.others(record.slotId, nowMs));
      },
      close: (slotId) => write(world, life, () => void table.slots.delete(slotId)),
    },
    // Not counted: what `once` calls cost on top depends on how many of them there are.
    ledger: {
      read: (key) => life.request(TABLE_READ, () => table.ledgerEntry(key)),
      change: (change) => life.request(TABLE_WRITE, () => table.changeLedger(change)),
    },
    quotaBook: {
      read: () => read(world, life, () => table.quotaBook),
      replace: (book, version) => write(world, life, () => table.replaceQuotaBook(book, version)),
    },
  };
}

function read<T>({ usage }: Surroundings, life: Life, effect: () => T): Promise<T> {
  usage.tableReads += 1;
  return life.request(TABLE_READ, effect);
}

function write<T>({ usage }: Surroundings, life: Life, effect: () => T): Promise<T> {
  usage.tableWrites += 1;
  return life.request(TABLE_WRITE, effect);
}
