import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  DashboardVariable,
  DefaultValue,
  type IAlarm,
  TextWidget,
  Values,
  VariableInputType,
  VariableType,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';
import { DIMENSIONS } from '../lambdas/core/contracts/metrics.js';
import { controlWidget, gateWidget, rateWidget } from './dashboard/limit-widgets.js';
import { outcomesWidget, serviceTimeWidget, troubleWidget } from './dashboard/outcome-widgets.js';
import { bellsWidget } from './dashboard/slot-widgets.js';
import { ageAtStartWidget } from './dashboard/waiting-widgets.js';
import { runbookSection } from './runbook.js';

const COLUMNS = 24;

/** One of several orchestrators, and where more is told about it. */
export interface ShownApi {
  readonly config: OrchestratorConfig;
  readonly dashboard: Dashboard;
  /** Undefined where its alarms are switched off. */
  readonly unhealthy: IAlarm | undefined;
}

/**
 * All legacy APIs of a stack in one dashboard: a light for each, and graphs of the one that its variable chooses.
 *
 * It draws only what the orchestrators publish under their own names, because a variable can switch that and nothing
 * else: queues, limits and objectives differ, and each API's own dashboard tells of them.
 */
export class ApisDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, apis: readonly [ShownApi, ...ShownApi[]]) {
    super(scope, id);
    const [{ config: first }] = apis;
    // Lines that hold for one API only would stay while the variable shows another.
    const shown = { ...first, limits: [] };
    this.dashboard = new Dashboard(this, 'Resource', {
      dashboardName: Stack.of(this).stackName,
      defaultInterval: Duration.hours(3),
      variables: [apiVariable(apis.map(({ config }) => config.name))],
      widgets: [
        overview(apis),
        [ageAtStartWidget(shown), rateWidget(shown), outcomesWidget(shown)],
        [serviceTimeWidget(shown), gateWidget(shown), troubleWidget(shown)],
        [bellsWidget(shown), controlWidget(shown)],
      ],
    });
  }
}

function apiVariable(names: readonly string[]): DashboardVariable {
  return new DashboardVariable({
    id: 'api',
    label: 'API',
    type: VariableType.PROPERTY,
    value: DIMENSIONS.api,
    inputType: VariableInputType.SELECT,
    values: Values.fromValues(...names.map((value) => ({ value }))),
    defaultValue: DefaultValue.value(names[0]),
  });
}

function overview(apis: readonly [ShownApi, ...ShownApi[]]): (TextWidget | AlarmStatusWidget)[] {
  const alarms = apis.flatMap(({ unhealthy }) => unhealthy ?? []);
  const own = apis.map(
    ({ config, dashboard }) => `[${config.name}](#dashboards:name=${dashboard.dashboardName})`,
  );
  const text = new TextWidget({
    width: alarms.length === 0 ? COLUMNS : COLUMNS / 2,
    height: 3,
    markdown: [
      '# All APIs',
      `The variable above switches the graphs. Limits, objectives and backlog: ${own.join(' · ')}`,
      `What to do when something is the matter: ${runbookSection(apis[0].config, 'unhealthy').markdown}`,
    ].join('\n\n'),
  });
  if (alarms.length === 0) return [text];
  return [text, new AlarmStatusWidget({ title: 'Unhealthy?', width: COLUMNS / 2, height: 3, alarms })];
}
