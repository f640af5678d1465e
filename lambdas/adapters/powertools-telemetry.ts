import type { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRIC_NAMESPACE, METRICS, type Metric } from '../core/contracts/metrics.js';
import type { Lane } from '../core/contracts/lane.js';
import { PRIORITIES } from '../core/contracts/priority.js';
import type { LegacyOutcome } from '../core/outcomes/legacy-outcome.js';
import type { Telemetry } from '../core/ports.js';
import type { SlotEvent } from '../core/worker/slot-event.js';
import { metricsOf, publish } from './metrics-by-priority.js';

const OUTCOME_METRIC: Readonly<Record<LegacyOutcome['kind'], Metric>> = {
  succeeded: METRICS.succeeded,
  rejected: METRICS.rejected,
  // A lookup that is answered has done what it is for.
  notFound: METRICS.succeeded,
  unavailable: METRICS.unavailable,
  outcomeUnknown: METRICS.outcomeUnknown,
  responseTooLarge: METRICS.responseTooLarge,
  responseRefused: METRICS.resultsRefused,
  throttled: METRICS.throttled,
};

/** Turns what happens in a slot into CloudWatch metrics (embedded metric format) and structured log lines. */
export class PowertoolsTelemetry implements Telemetry {
  readonly #logger: Logger;
  readonly #slotMetrics: Metrics;
  /** Of the classes, and of the overflows from which calls were made. */
  readonly #callMetrics: Map<Lane, Metrics>;
  readonly #api: string;

  constructor(logger: Logger, api: string) {
    this.#logger = logger;
    this.#api = api;
    this.#slotMetrics = new Metrics({ namespace: METRIC_NAMESPACE, serviceName: api });
    this.#callMetrics = new Map(PRIORITIES.map((priority) => [priority, metricsOf(api, priority)]));
  }

  record(event: SlotEvent): void {
    this.#measure(event);
    this.#log(event);
    // A slot rings every few seconds while it works, so its figures arrive while they still matter.
    if (event.kind === 'rang') this.flush();
  }

  flush(): void {
    publish([this.#slotMetrics, ...this.#callMetrics.values()]);
  }

  #measure(event: SlotEvent): void {
    switch (event.kind) {
      case 'slotStarted':
        this.#count(METRICS.slotsStarted);
        if (event.crashWaitMs > 0) this.#count(METRICS.crashWaits);
        return;
      case 'rang':
        return this.#count(METRICS.bells);
      case 'callbackRetried':
        return this.#count(METRICS.callbackRetries);
      case 'gateClosed':
        return this.#count(METRICS.gateClosings);
      case 'slowed':
        return this.#gauge(METRICS.rateRatio, event.ratio);
      case 'heldBack':
        for (const priority of event.paused) this.#add(METRICS.classPaused, 1, priority);
        if (event.gateForMs > 0 || event.maintenanceForMs > 0) this.#gauge(METRICS.gateClosed, 1);
        if (event.breakerOpen) this.#gauge(METRICS.breakerOpen, 1);
        return;
      case 'breakerOpened':
        this.#count(METRICS.breakerOpenings);
        return this.#gauge(METRICS.breakerOpen, 1);
      case 'probeClaimed':
        return this.#count(METRICS.probes);
      case 'breakerClosed':
        return this.#count(METRICS.breakerClosings);
      case 'callStarted':
        this.#gauge(METRICS.controlAge, event.controlAgeMs);
        this.#add(METRICS.callsStarted, 1, event.priority);
        return this.#add(METRICS.ageAtStart, event.ageMs, event.lane);
      case 'callEnded':
        this.#add(OUTCOME_METRIC[event.outcome], 1, event.priority);
        return this.#add(METRICS.serviceTime, event.serviceTimeMs, event.priority);
      case 'notReady':
        return this.#add(METRICS.unavailable, 1, event.priority);
      case 'abandoned':
        return this.#add(METRICS.abandoned, 1, event.priority);
      case 'lateResult':
        return event.perhapsDelivered ? undefined : this.#add(METRICS.lateResults, 1, event.priority);
      case 'deferred':
        return this.#add(METRICS.deferrals, 1, event.priority);
      case 'malformed':
        return this.#add(METRICS.malformed, 1, event.priority);
      case 'answeredByLedger':
        if (event.newlyUnknown) this.#add(METRICS.outcomeUnknown, 1, event.priority);
        return this.#add(METRICS.answeredByLedger, 1, event.priority);
      case 'resultRefused':
        return this.#add(METRICS.resultsRefused, 1, event.priority);
      case 'quotaSpent':
        return this.#count(METRICS.quotaSpent);
      case 'problem':
        return this.#count(METRICS.problems);
      case 'slotEnded':
        return;
    }
  }

  #log({ kind, ...details }: SlotEvent): void {
    switch (kind) {
      case 'problem':
      case 'malformed':
      case 'lateResult':
      case 'notReady':
      case 'resultRefused':
      case 'quotaSpent':
      case 'callbackRetried':
      case 'gateClosed':
      case 'breakerOpened':
        return this.#logger.warn(kind, details);
      case 'rang':
      case 'slowed':
      case 'callStarted':
        return this.#logger.debug(kind, details);
      case 'slotStarted':
      case 'slotEnded':
      case 'callEnded':
      case 'heldBack':
      case 'abandoned':
      case 'answeredByLedger':
      case 'deferred':
      case 'probeClaimed':
      case 'breakerClosed':
        return this.#logger.info(kind, details);
    }
  }

  #count(metric: Metric): void {
    this.#gauge(metric, 1);
  }

  #gauge(metric: Metric, value: number): void {
    this.#slotMetrics.addMetric(metric.name, metric.unit, value);
  }

  #add(metric: Metric, value: number, lane: Lane): void {
    this.#metricsOf(lane).addMetric(metric.name, metric.unit, value);
  }

  #metricsOf(lane: Lane): Metrics {
    const known = this.#callMetrics.get(lane);
    if (known !== undefined) return known;
    const metrics = metricsOf(this.#api, lane);
    this.#callMetrics.set(lane, metrics);
    return metrics;
  }
}
