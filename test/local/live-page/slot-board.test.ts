import { SlotBoard, type SlotScene } from '../../../local/live-page/slot-board.js';
import { toldBy } from '../../../local/live-page/told-by-worker.js';

const NOW_MS = Date.parse('2030-01-31T12:00:00Z');

function aScene(more: Partial<SlotScene> = {}): SlotScene {
  return {
    nowMs: NOW_MS,
    slotsMost: 2,
    running: ['one'],
    records: [],
    holdMs: 265,
    mayNotCall: false,
    nameOf: (arn) => arn,
    ...more,
  };
}

/** As the worker logs it. */
function log(board: SlotBoard, slotId: string, message: string, more: object = {}, atMs = NOW_MS) {
  const fields = { message, timestamp: new Date(atMs).toISOString(), function_request_id: slotId, ...more };
  const told = toldBy(JSON.stringify({ level: 'INFO', ...fields }));
  if (told !== undefined) board.hear(told);
}

const CALL = { priority: 'HIGH', execution: 'order-1', callId: 'order-1' };
const record = (slotId: string) => ({
  slotId,
  pace: { slots: 2, holdMs: 265 },
  expiresAtMs: NOW_MS + 12_000,
});

describe('the board of slots', () => {
  const activities = (board: SlotBoard, scene: Partial<SlotScene> = {}) =>
    board.views(aScene(scene)).map(({ activity }) => activity.kind);

  it('says that a slot starts until it tells more', () => {
    expect(activities(new SlotBoard())).toEqual(['starts', 'free']);
  });

  it('follows a slot through a call, its hold and the next look', () => {
    const board = new SlotBoard();
    log(board, 'one', 'slotStarted', { crashWaitMs: 0 });
    expect(activities(board)).toEqual(['looks', 'free']);

    log(board, 'one', 'callStarted', CALL);
    expect(board.views(aScene({ nowMs: NOW_MS + 40 }))[0]?.activity).toEqual({
      kind: 'calls',
      priority: 'HIGH',
      execution: 'order-1',
      sinceMs: 40,
    });

    log(board, 'one', 'callEnded', { ...CALL, outcome: 'succeeded', serviceTimeMs: 50 });
    expect(activities(board, { nowMs: NOW_MS + 100 })).toEqual(['holds', 'free']);
    expect(activities(board, { nowMs: NOW_MS + 300 })).toEqual(['looks', 'free']);
    expect(activities(board, { nowMs: NOW_MS + 300, mayNotCall: true })).toEqual(['waitsForGate', 'free']);
    expect(board.views(aScene())[0]).toMatchObject({
      calls: 1,
      last: { priority: 'HIGH', outcome: 'succeeded', tookMs: 50 },
    });
  });

  it('counts the calls in flight of slots that run', () => {
    const board = new SlotBoard();
    log(board, 'one', 'callStarted', CALL);
    log(board, 'gone', 'callStarted', CALL);

    expect(board.inFlight(['one'])).toBe(1);
  });

  it('says that a slot waits because another one may have died', () => {
    const board = new SlotBoard();
    log(board, 'one', 'slotStarted', { crashWaitMs: 9_000 });

    expect(activities(board)).toEqual(['waitsOutCrash', 'free']);
  });

  it('shows a slot that died for as long as its record counts', () => {
    const board = new SlotBoard();
    log(board, 'one', 'slotStarted');

    expect(activities(board, { running: [], records: [record('one')] })).toEqual(['free', 'free', 'died']);
    expect(activities(board, { running: [], records: [] })).toEqual(['free', 'free']);
  });

  it('counts neither the record of a slot that has ended nor the mark it leaves as a death', () => {
    const board = new SlotBoard();
    log(board, 'one', 'slotEnded');

    expect(activities(board, { running: [], records: [record('one'), record('resting 2 265')] })).toEqual([
      'free',
      'free',
    ]);
  });

  it('lets every slot keep its place for its life', () => {
    const board = new SlotBoard();
    const places = (running: readonly string[]) =>
      board.views(aScene({ running })).map(({ slotId }) => slotId);

    expect(places(['one', 'two'])).toEqual(['one', 'two']);
    expect(places(['two'])).toEqual([null, 'two']);
    expect(places(['two', 'three'])).toEqual(['three', 'two']);
  });
});
