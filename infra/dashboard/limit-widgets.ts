import { type GraphWidget, type HorizontalAnnotation, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { pacedLimits } from '../../lambdas/core/config/limit-kinds.js';
import type { OrchestratorConfig } from '../../lambdas/core/config/orchestrator-config.js';
import { METRICS } from '../../lambdas/core/contracts/metrics.js';
import { PRIORITIES } from '../../lambdas/core/contracts/priority.js';
import { idOf, ofAllPriorities, ofApi, ofPriority, PERIOD } from '../metrics.js';
import { graph } from './graph.js';

export function rateWidget(config: OrchestratorConfig): GraphWidget {
  return graph('Are we at the limit? Calls started per second', {
    left: PRIORITIES.map((priority) => {
      const started = idOf('started', priority);
      return new MathExpression({
        expression: `${started} / PERIOD(${started})`,
        usingMetrics: { [started]: ofPriority(config, METRICS.callsStarted, priority) },
        label: priority,
        period: PERIOD,
      });
    }),
    leftAnnotations: limitLines(config),
    stacked: true,
  });
}

/** Of a minute: whether a shorter window was full is for the legacy API to say, by its 429s. */
export function limitUsedWidget(config: OrchestratorConfig): GraphWidget {
  const perSecond = Math.min(...pacedLimits(config.limits).map(perSecondOf));
  const used = new MathExpression({
    expression: `100 * callsStarted / ${PERIOD.toSeconds()} / ${perSecond}`,
    usingMetrics: { callsStarted: ofAllPriorities(config, METRICS.callsStarted) },
    label: 'used (%)',
    period: PERIOD,
  });
  return graph('Share of the limit used; 429s and spent quotas', {
    left: Number.isFinite(perSecond) ? [used] : [],
    right: [ofAllPriorities(config, METRICS.throttled), ofApi(config, METRICS.quotaSpent)],
    leftAnnotations: Number.isFinite(perSecond) ? [{ value: 100, label: 'the limit' }] : [],
  });
}

/** What the legacy API said of its own load: the rate is left alone wherever its line has a gap. */
export function gateWidget(config: OrchestratorConfig): GraphWidget {
  const { gateClosings, breakerOpenings, probes, breakerClosings } = METRICS;
  const { gateClosed, breakerOpen, rateRatio } = METRICS;
  return graph('Gate: closings, breaker, and the part of the rate that is left', {
    left: [gateClosings, breakerOpenings, probes, breakerClosings].map((metric) => ofApi(config, metric)),
    right: [
      ...[gateClosed, breakerOpen].map((metric) => ofApi(config, metric, { statistic: 'Maximum' })),
      ofApi(config, rateRatio, { statistic: 'Minimum' }),
    ],
    rightYAxis: { min: 0, max: 1, showUnits: false },
  });
}

/** What people have decreed, and how soon slots know. */
export function controlWidget(config: OrchestratorConfig): GraphWidget {
  return graph('Control record: its age at a call (ms), and paused classes', {
    left: ['p99', 'Maximum'].map((statistic) =>
      ofApi(config, METRICS.controlAge, { statistic, label: statistic }),
    ),
    right: PRIORITIES.map((priority) =>
      ofPriority(config, METRICS.classPaused, priority, {
        statistic: 'Maximum',
        label: `${priority} paused`,
      }),
    ),
  });
}

/** A quota may be used at any pace, so it is no line. */
function limitLines({ limits }: OrchestratorConfig): HorizontalAnnotation[] {
  return pacedLimits(limits).map((limit) => ({
    value: perSecondOf(limit),
    label: `${limit.calls} per ${limit.windowMs} ms`,
  }));
}

function perSecondOf({ calls, windowMs }: OrchestratorConfig['limits'][number]): number {
  return (calls * 1_000) / windowMs;
}
