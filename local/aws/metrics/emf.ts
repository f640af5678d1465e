/** Values of one metric that a function published at one moment. */
export interface Published {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly atMs: number;
  readonly values: readonly number[];
}

interface EmbeddedMetrics {
  readonly _aws: {
    readonly Timestamp: number;
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
  readonly [field: string]: unknown;
}

/**
 * What a line of a function's log publishes in CloudWatch's embedded metric format; nothing for any other line, as
 * CloudWatch does.
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function publishedIn(line: string): readonly Published[] {
  const metrics = embeddedIn(line);
  if (metrics === undefined) return [];
  const { Timestamp: atMs, CloudWatchMetrics } = metrics._aws;
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = Object.fromEntries(names.map((name) => [name, String(metrics[name])]));
      return Metrics.map(({ Name: name }) => ({
        ...{ namespace, name, dimensions, atMs },
        values: [metrics[name]].flat().map(Number),
      }));
    }),
  );
}

function embeddedIn(line: string): EmbeddedMetrics | undefined {
  // Most lines are none, and parsing each would cost more than the run.
  if (!line.startsWith('{') || !line.includes('"CloudWatchMetrics"')) return undefined;
  try {
    const value = JSON.parse(line) as Partial<EmbeddedMetrics>;
    return value._aws === undefined ? undefined : (value as EmbeddedMetrics);
  } catch {
    return undefined;
  }
}
