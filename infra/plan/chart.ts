import { type EChartsCoreOption, init, use } from 'echarts/core';
import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components';
import { SVGRenderer } from 'echarts/renderers';
import { type ByPriority, PRIORITIES, type Priority } from '../../lambdas/core/contracts/priority.js';
import type { CapacityPlan } from '../../lambdas/core/planning/plan.js';
import type { Wait } from '../../lambdas/core/planning/predicted-waits.js';
import { axis, COLOURS, FONT, INK, label, STYLE, title } from './chart-style.js';
import { durationText, numberText } from '../../lambdas/core/planning/words.js';

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH_PX = 960;
const HEIGHT_PX = 640;
const MS_PER_HOUR = 3_600_000;

/** Where the logarithmic axis begins. */
const WAIT_LEAST_MS = 10;

/** A standalone SVG: the backlog of each class through the night, and the waits of each class. */
export function chartOf(plan: CapacityPlan): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH_PX, height: HEIGHT_PX });
  try {
    chart.setOption(optionOf(plan));
    return chart
      .renderToSVGString()
      .replace(/(<svg[^>]*>)/, `$1\n<title>Capacity plan: predicted backlog and waits</title>\n${STYLE}`);
  } finally {
    chart.dispose();
  }
}

function optionOf(plan: CapacityPlan): EChartsCoreOption {
  const { slots } = plan.chosen;
  return {
    animation: false,
    textStyle: { color: INK, fontFamily: FONT },
    title: [
      title('Predicted backlog through the night', 'messages waiting, from the arrival of BATCH', 16),
      title(
        `Predicted waits with ${slots} slots`,
        'from enqueueing to call start; full: p50, light: p99',
        350,
      ),
    ],
    legend: {
      data: [...PRIORITIES],
      icon: 'roundRect',
      itemGap: 20,
      top: 22,
      right: 32,
      textStyle: { color: INK },
    },
    grid: [
      { left: 90, right: 40, top: 84, height: 210 },
      { left: 90, right: 130, top: 412, height: 170 },
    ],
    xAxis: [
      {
        ...axis(0),
        type: 'value',
        max: plan.input.nightMs / MS_PER_HOUR,
        axisLabel: label((hours) => `${hours} h`),
      },
      { ...axis(1), type: 'log', min: WAIT_LEAST_MS, axisLabel: label((waitMs) => durationText(waitMs)) },
    ],
    yAxis: [
      { ...axis(0), type: 'value', axisLabel: label((messages) => numberText(messages)) },
      { ...axis(1), type: 'category', inverse: true, data: waitRows(plan).map(({ name }) => name) },
    ],
    series: [...PRIORITIES.map((priority) => backlogSeries(plan, priority)), ...waitSeries(plan)],
  };
}

function backlogSeries({ backlog }: CapacityPlan, priority: Priority): object {
  return {
    type: 'line',
    name: priority,
    showSymbol: false,
    data: backlog.map((sample) => [sample.atMs / MS_PER_HOUR, sample[priority]]),
    lineStyle: { color: COLOURS[priority], width: 2.5 },
    itemStyle: { color: COLOURS[priority] },
    areaStyle: { color: COLOURS[priority], opacity: 0.12 },
  };
}

interface WaitRow {
  readonly name: string;
  readonly priority: Priority;
  readonly wait: Wait;
}

/** One bar for each class and state of the queues in which a message can wait. */
function waitRows({ chosen, input }: CapacityPlan): readonly WaitRow[] {
  const hasBatch = input.demand.BATCH.callsPerNight > 0;
  const rows = (suffix: string, waits: ByPriority<Wait | undefined>) =>
    PRIORITIES.flatMap((priority): WaitRow[] => {
      const wait = waits[priority];
      if (wait === undefined || !Number.isFinite(wait.p99Ms)) return [];
      return [{ name: priority === 'BATCH' ? priority : `${priority}${suffix}`, priority, wait }];
    });
  return [
    ...(hasBatch ? rows('', chosen.waits.duringBatch) : []),
    ...rows(hasBatch ? '\nno BATCH' : '', chosen.waits.withoutBatch),
  ];
}

function waitSeries(plan: CapacityPlan): readonly object[] {
  const rows = waitRows(plan);
  const bars = (quantile: 'p50Ms' | 'p99Ms', opacity: number, texts: readonly string[]) => ({
    type: 'bar',
    name: quantile,
    xAxisIndex: 1,
    yAxisIndex: 1,
    barGap: '-100%',
    barWidth: '60%',
    data: rows.map(({ priority, wait }, index) => ({
      value: Math.max(WAIT_LEAST_MS, wait[quantile]),
      itemStyle: { color: COLOURS[priority], opacity },
      label: {
        show: texts.length > 0,
        position: 'right',
        color: INK,
        opacity: 1,
        formatter: texts[index] ?? '',
      },
    })),
  });
  const texts = rows.map(({ wait }) => `${durationText(wait.p50Ms)} / ${durationText(wait.p99Ms)}`);
  return [bars('p99Ms', 0.35, texts), bars('p50Ms', 1, [])];
}
