import { admit } from '../../../../lambdas/core/pacing/admission.js';
import type { Pace } from '../../../../lambdas/core/pacing/pace.js';

const CRASH_WAIT_MS = 5_000;

const slotsOf = (slots: number, count: number): readonly Pace[] =>
  Array.from({ length: count }, () => ({ slots, holdMs: 100 }));

const admitBeside = (slots: number, others: readonly Pace[]) =>
  admit({ slots, holdMs: 100 }, others, CRASH_WAIT_MS);

describe('admit', () => {
  it.each([0, 1, 2])('lets a slot enter at once beside %i others of 3', (count) => {
    expect(admitBeside(3, slotsOf(3, count))).toEqual({ kind: 'enter' });
  });

  it.each([3, 4, 9])('makes a slot wait beside %i others of 3, because one of them is dead', (count) => {
    expect(admitBeside(3, slotsOf(3, count))).toEqual({ kind: 'enterAfter', delayMs: CRASH_WAIT_MS });
  });

  it('refuses a slot while more slots of an older configuration serve than the new one allows', () => {
    expect(admitBeside(2, slotsOf(5, 2))).toEqual({ kind: 'leave' });
  });

  it('refuses a slot while as many slots serve as an older configuration allows', () => {
    expect(admitBeside(5, slotsOf(2, 2))).toEqual({ kind: 'leave' });
  });

  it('lets a slot enter beside slots of another configuration while all of them together keep both limits', () => {
    expect(admitBeside(5, slotsOf(3, 2))).toEqual({ kind: 'enter' });
    expect(admitBeside(3, slotsOf(5, 2))).toEqual({ kind: 'enter' });
  });

  it('counts slots of every configuration together', () => {
    const others = [...slotsOf(5, 2), ...slotsOf(3, 1)];

    expect(admitBeside(3, others)).toEqual({ kind: 'leave' });
  });

  it('does not mind that slots of as many differ in their hold', () => {
    expect(admit({ slots: 1, holdMs: 100 }, [{ slots: 1, holdMs: 900 }], CRASH_WAIT_MS)).toEqual({
      kind: 'enterAfter',
      delayMs: CRASH_WAIT_MS,
    });
  });

  it('lets no more slots enter than there were of another pace, while calls of those lie within a window', () => {
    const resting = slotsOf(1, 1);
    const beside = (count: number) =>
      admit({ slots: 4, holdMs: 100 }, slotsOf(4, count), CRASH_WAIT_MS, resting);

    expect(beside(0)).toEqual({ kind: 'enter' });
    expect(beside(1)).toEqual({ kind: 'leave' });
  });

  it('does not count slots of its own pace that have ended', () => {
    expect(admit({ slots: 2, holdMs: 100 }, slotsOf(2, 1), CRASH_WAIT_MS, slotsOf(2, 1))).toEqual({
      kind: 'enter',
    });
  });
});
