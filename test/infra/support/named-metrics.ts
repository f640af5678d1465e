import type { Template } from 'aws-cdk-lib/assertions';
import { resolved } from './synthesized.js';

/** A metric as a dashboard or an alarm names it. */
export interface NamedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: readonly string[];
}

export interface Widget {
  readonly type: string;
  readonly properties: {
    readonly title?: string;
    readonly markdown?: string;
    readonly alarms?: readonly string[];
    readonly stacked?: boolean;
    readonly metrics?: readonly (readonly unknown[])[];
    readonly annotations?: {
      readonly horizontal: readonly { readonly value: number; readonly label: string }[];
    };
  };
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface AlarmProperties {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly AlarmActions?: readonly unknown[];
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
  readonly Metrics: readonly AlarmMetric[];
}

interface AlarmMetric {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Period: number;
    readonly Stat: string;
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions: readonly { readonly Name: string }[];
    };
  };
}

export interface DashboardBody {
  readonly name: string;
  readonly variables?: readonly unknown[];
  readonly widgets: readonly Widget[];
}

export function dashboardsOf(template: Template): readonly DashboardBody[] {
  return Object.values(template.findResources('AWS::CloudWatch::Dashboard')).map(({ Properties }) => {
    const { DashboardName: name, DashboardBody: body } = Properties as {
      readonly DashboardName: string;
      readonly DashboardBody: unknown;
    };
    return { ...(JSON.parse(resolved(body)) as Omit<DashboardBody, 'name'>), name };
  });
}

/** Of the dashboard of the only orchestrator. */
export function widgetsOf(template: Template): readonly Widget[] {
  return dashboardsOf(template)[0]?.widgets ?? [];
}

export function alarmsOf(template: Template): ReadonlyMap<string, AlarmProperties> {
  const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm'));
  return new Map(alarms.map(([id, { Properties }]) => [id, Properties as AlarmProperties]));
}

export function metricsOfDashboard(template: Template): readonly NamedMetric[] {
  return widgetsOf(template)
    .flatMap(({ properties }) => properties.metrics ?? [])
    .filter((metric) => typeof metric[0] === 'string')
    .map(([namespace, name, ...rest]) => ({
      namespace: String(namespace),
      name: String(name),
      dimensions: rest
        .filter((part, index) => typeof part === 'string' && index % 2 === 0)
        .map(String)
        .sort(),
    }));
}

/** Each metric that an alarm reads, once for each alarm: as CloudWatch charges for them. */
export function metricsOfAlarms(template: Template): readonly NamedMetric[] {
  return [...alarmsOf(template).values()].flatMap(({ Metrics }) =>
    Metrics.flatMap(({ MetricStat }) => (MetricStat === undefined ? [] : [MetricStat.Metric])).map(
      ({ Namespace, MetricName, Dimensions }) => ({
        namespace: Namespace,
        name: MetricName,
        dimensions: Dimensions.map(({ Name }) => Name).sort(),
      }),
    ),
  );
}
