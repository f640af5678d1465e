import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  type ConcreteWidget,
  Dashboard,
  type IAlarm,
  TextWidget,
  TextWidgetBackground,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { counted } from '../lambdas/core/contracts/counted.js';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { PRIORITIES } from '../lambdas/core/contracts/priority.js';
import type { AlarmSources } from './alarms/alarm-spec.js';
import {
  ageWidget,
  backlogWidget,
  deadLettersWidget,
  timeToDrainWidget,
  waitsWidget,
} from './dashboard/waiting-widgets.js';
import { intakeWidget } from './dashboard/intake-widget.js';
import { controlWidget, gateWidget, limitUsedWidget, rateWidget } from './dashboard/limit-widgets.js';
import {
  executionsWidget,
  outcomesWidget,
  serviceTimeWidget,
  troubleWidget,
} from './dashboard/outcome-widgets.js';
import { bellsWidget, slotsWidget } from './dashboard/slot-widgets.js';
import { runbookSection } from './runbook.js';

const COLUMNS = 24;

export interface OrchestratorDashboardProps extends AlarmSources {
  readonly stateMachine: IStateMachine;
  /** Shown as lights on top. Empty where there are none. */
  readonly alarms: readonly IAlarm[];
}

/**
 * Its first row of graphs answers whether anyone waits too long, whether calls are at the limit, and whether the legacy
 * API is well. The rows below say more about each, and each links to the runbook.
 */
export class OrchestratorDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, props: OrchestratorDashboardProps) {
    super(scope, id);
    const { config, queues, deadLetters, worker, stateMachine } = props;
    this.dashboard = new Dashboard(this, 'Resource', {
      dashboardName: `${Stack.of(this).stackName}-${config.name}`,
      defaultInterval: Duration.hours(3),
      widgets: [
        overview(props),
        [waitsWidget(config, queues), rateWidget(config), outcomesWidget(config)],
        question(config, 'Is anyone waiting too long?', ['waits-too-long', 'no-progress', 'dead-letters']),
        PRIORITIES.map((priority) => ageWidget(config, queues, priority)),
        [backlogWidget(queues), timeToDrainWidget(queues), deadLettersWidget(config, deadLetters)],
        question(config, 'Are we at the limit?', ['limit-violated', 'worker-silent', 'worker-fails']),
        [limitUsedWidget(config), slotsWidget(config, worker), bellsWidget(config)],
        question(config, 'Is the API well, and what becomes of the work?', [
          'breaker-open',
          'outcome-unknown',
          'late-results',
          'callbacks-throttled',
        ]),
        [serviceTimeWidget(config), gateWidget(config), executionsWidget(stateMachine)],
        [
          troubleWidget(config),
          controlWidget(config),
          ...(config.intake === undefined ? [] : [intakeWidget(config)]),
        ],
      ].map((row) => [...row]),
    });
  }
}

function overview({ config, alarms }: OrchestratorDashboardProps): readonly ConcreteWidget[] {
  const { slots, limits } = config;
  const limit = limits
    .map(({ calls, windowMs }) => `${counted(calls, 'call')} per ${windowMs} ms`)
    .join(', ');
  const text = new TextWidget({
    width: alarms.length === 0 ? COLUMNS : COLUMNS / 2,
    height: 3,
    markdown: [
      `# ${config.name}`,
      `${limit === '' ? 'No rate limit' : limit}; at most ${counted(slots, 'call')} at once.`,
      `What to do when something is the matter: ${runbookSection(config, 'unhealthy').markdown}`,
    ].join('\n\n'),
  });
  if (alarms.length === 0) return [text];
  return [
    text,
    new AlarmStatusWidget({ title: 'Alarms', width: COLUMNS / 2, height: 3, alarms: [...alarms] }),
  ];
}

function question(
  config: OrchestratorConfig,
  title: string,
  anchors: readonly string[],
): readonly ConcreteWidget[] {
  const links = anchors.map((anchor) => runbookSection(config, anchor).markdown).join(' · ');
  return [
    new TextWidget({
      width: COLUMNS,
      height: 2,
      background: TextWidgetBackground.TRANSPARENT,
      markdown: `## ${title}\n\nRunbook: ${links}`,
    }),
  ];
}
