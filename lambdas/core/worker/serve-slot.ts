import type { OrchestratorConfig } from '../config/orchestrator-config.js';
import type { Control } from '../control.js';
import { closedUntilMs } from '../gate/gate.js';
import { calendarOf } from '../maintenance/calendar.js';
import type { Ports } from '../ports.js';
import { ControlView } from './control-view.js';
import { GateKeeper } from './gate-keeper.js';
import { QuotaKeeper } from './quota-keeper.js';
import { Slot } from './slot.js';
import { SlotBells } from './slot-bells.js';
import type { SlotEnd } from './slot-event.js';
import { SlotPacer } from './slot-pacer.js';

/** One invocation of the worker. */
export interface Invocation {
  /** Unique among invocations. */
  readonly slotId: string;
  /** When Lambda will end it, in epoch milliseconds. */
  readonly deadlineMs: number;
}

/** How long after a failure of the queues or the table a fresh slot tries again. */
const RING_AFTER_PROBLEM_MS = 5_000;

/** How long a slot that was not admitted, or could make no call, leaves the slots of another pace to end. */
const RING_AFTER_REFUSAL_MS = 10_000;

/**
 * Serves the queues with one slot: until they are empty, the budget is spent, or the slot must not call.
 *
 * Never more than one call in flight, never a call before the pace allows it, always the most urgent message that
 * is there when a call may start. Whatever it leaves behind, somebody is rung for. It resolves always: a failure
 * ends the slot, its work comes back by the visibility timeout, and its slot record keeps the limit safe.
 */
export async function serveSlot(
  ports: Ports,
  config: OrchestratorConfig,
  invocation: Invocation,
): Promise<SlotEnd> {
  const bells = new SlotBells(ports, config.ringEveryMs);
  const pacer = new SlotPacer(ports, config, invocation);
  const quota = new QuotaKeeper(ports, config);
  const startedMs = ports.clock.nowMs();
  try {
    const control = await ControlView.read(ports);
    const admission = await pacer.enter(control.last);
    const crashWaitMs = admission.kind === 'enterAfter' ? admission.delayMs : 0;
    ports.telemetry.record({ kind: 'slotStarted', others: pacer.others, crashWaitMs });
    const calendar = calendarOf(config);
    const gate = new GateKeeper({ ports, config, control, calendar, pacer, bells });
    recordHeldBack(ports, control.last, gate.maintainedUntilMs);
    const slot = new Slot({
      ports,
      config,
      control,
      pacer,
      gate,
      quota,
      bells,
      slotId: invocation.slotId,
      budgetEndMs: startedMs + config.slotBudgetMs,
    });
    const end = admission.kind === 'leave' ? 'notAdmitted' : await attempt(ports, () => slot.serve());
    await slot.settled();
    await gate.leave();
    await Promise.all([quota.leave(), pacer.leave()]);
    // Last of all: a bell that finds every slot taken may be left alone for its whole visibility timeout.
    const nowMs = ports.clock.nowMs();
    const ringMs = ringAfterMs(end, {
      calls: slot.calls,
      gateMs: closedUntilMs(control.last) - nowMs,
      maintenanceMs: gate.maintainedUntilMs - nowMs,
    });
    if (ringMs !== undefined) bells.ring(ringMs);
    ports.telemetry.record({ kind: 'slotEnded', end, calls: slot.calls });
    return end;
  } catch (error) {
    ports.telemetry.record({ kind: 'problem', what: 'open or close the slot', reason: String(error) });
    bells.ring(RING_AFTER_PROBLEM_MS);
    return 'problem';
  } finally {
    await bells.rung();
    ports.telemetry.flush();
  }
}

/**
 * Slots of the last minutes of a maintenance ring for its end: the sweeper starts some in them. Whoever was started
 * earlier need not, or every execution that starts meanwhile would leave a bell that comes back and back.
 */
const RING_BEFORE_END_MS = 150_000;

/** Why no call may start though work waits: without it, a pause looks like a standstill. */
function recordHeldBack({ clock, telemetry }: Ports, control: Control, maintainedUntilMs: number): void {
  const { paused, breaker } = control;
  const gateForMs = Math.max(0, closedUntilMs(control) - clock.nowMs());
  const maintenanceForMs = Math.max(0, maintainedUntilMs - clock.nowMs());
  const breakerOpen = breaker !== undefined;
  if (paused.length === 0 && gateForMs === 0 && maintenanceForMs === 0 && !breakerOpen) return;
  telemetry.record({ kind: 'heldBack', paused, gateForMs, breakerOpen, maintenanceForMs });
}

async function attempt(ports: Ports, serve: () => Promise<SlotEnd>): Promise<SlotEnd> {
  try {
    return await serve();
  } catch (error) {
    ports.telemetry.record({ kind: 'problem', what: 'serve the queues', reason: String(error) });
    return 'problem';
  }
}

/** How long after this slot the next one should look; undefined where whoever brings work rings. */
function ringAfterMs(
  end: SlotEnd,
  {
    calls,
    gateMs,
    maintenanceMs,
  }: { readonly calls: number; readonly gateMs: number; readonly maintenanceMs: number },
): number | undefined {
  switch (end) {
    case 'budget':
      // Where the whole budget had no room for a call, the next slot would find the same: never without a pause.
      return calls > 0 ? 0 : RING_AFTER_REFUSAL_MS;
    case 'gate':
      return gateMs;
    case 'maintenance':
      return maintenanceMs <= RING_BEFORE_END_MS ? maintenanceMs : undefined;
    case 'notAdmitted':
      return RING_AFTER_REFUSAL_MS;
    case 'problem':
      return RING_AFTER_PROBLEM_MS;
    case 'idle':
    case 'paused':
      return undefined;
  }
}
