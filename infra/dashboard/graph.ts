import { GraphWidget, type GraphWidgetProps } from 'aws-cdk-lib/aws-cloudwatch';

/** Three graphs to a row of 24 columns, from zero upwards. */
export function graph(title: string, props: GraphWidgetProps): GraphWidget {
  return new GraphWidget({
    width: 8,
    height: 7,
    title,
    leftYAxis: { min: 0, showUnits: false },
    ...(props.right === undefined ? {} : { rightYAxis: { min: 0, showUnits: false } }),
    ...props,
  });
}
