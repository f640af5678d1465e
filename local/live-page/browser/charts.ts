import uPlot from 'uplot';
import { type ByPriority, PRIORITIES, type Priority } from '../../../lambdas/core/contracts/priority.js';
import type { RateLimit } from '../../../lambdas/core/pacing/hold.js';
import type { PageHello, PageState, Sample } from '../page-state.js';
import { byId, setText } from './dom.js';
import { durationText, numberText } from './words.js';

/** How much time the charts show. */
const SHOWN_SECONDS = 180;

const HEIGHT_PX = 208;

/** Seconds at which people read an age. */
const AGE_TICKS = [0.1, 1, 10, 60, 600, 3_600, 36_000];

/** uPlot names it only in a const enum, which modules that are bundled one by one cannot read. */
const LOGARITHMIC: object = { distr: 3 };

const CLASS_MARKERS = PRIORITIES.map((priority) => `var(--${priority.toLowerCase()})`);

/** A level to stay below, drawn across a chart. */
interface Level {
  readonly at: number;
  readonly label: string;
  readonly colour: string;
}

interface LiveChart {
  readonly plot: uPlot;
  readonly host: HTMLElement;
  readonly columns: (samples: readonly Sample[]) => uPlot.AlignedData;
}

/** The three charts: what waits, for how long, and the calls against the limit. */
export class Charts {
  #samples: readonly Sample[] = [];
  #objectives: ByPriority<number> | undefined;
  #permitted: RateLimit | null = null;
  #inForce: number | undefined;
  readonly #charts: readonly LiveChart[];

  constructor() {
    this.#charts = [this.#waitingChart(), this.#ageChart(), this.#callsChart()];
    const resized = new ResizeObserver(() => this.#fit());
    for (const { host } of this.#charts) resized.observe(host);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      for (const { plot } of this.#charts) plot.redraw(false, true);
    });
  }

  greet({ samples, ageObjectiveMs, permitted }: PageHello): void {
    this.#samples = samples;
    this.#objectives = ageObjectiveMs;
    this.#permitted = permitted;
    setText(
      byId('calls-window'),
      permitted === null ? 'in any second' : `in any ${durationText(permitted.windowMs)}`,
    );
    this.#draw();
  }

  show({ sample, status }: PageState): void {
    const inForce = status.limits.inForce.find(
      ({ windowMs }) => windowMs === this.#permitted?.windowMs,
    )?.calls;
    if (sample === null && inForce === this.#inForce) return;
    this.#inForce = inForce;
    if (sample !== null) this.#samples = [...this.#samples, sample].slice(-SHOWN_SECONDS - 1);
    this.#draw();
  }

  #draw(): void {
    const last = this.#samples.at(-1);
    if (last === undefined) return;
    for (const { plot, columns } of this.#charts) {
      plot.batch(() => {
        plot.setData(columns(this.#samples), false);
        plot.setScale('x', { min: last.atMs / 1_000 - SHOWN_SECONDS, max: last.atMs / 1_000 });
      });
      if (plot.cursor.idx === null || plot.cursor.idx === undefined || (plot.cursor.left ?? -1) < 0)
        plot.setLegend({ idx: this.#samples.length - 1 }, false);
    }
  }

  #fit(): void {
    for (const { plot, host } of this.#charts)
      if (host.clientWidth > 0 && host.clientWidth !== plot.width)
        plot.setSize({ width: host.clientWidth, height: HEIGHT_PX });
  }

  #waitingChart(): LiveChart {
    return liveChart({
      id: 'chart-waiting',
      series: PRIORITIES.map((priority) => classSeries(priority, numberText, true)),
      markers: CLASS_MARKERS,
      scale: { range: (_plot, _least, most) => [0, Math.max(10, most * 1.1)] },
      tick: numberText,
      columns: (samples) => byClass(samples, ({ waiting }, priority) => waiting[priority]),
    });
  }

  #ageChart(): LiveChart {
    return liveChart({
      id: 'chart-age',
      series: PRIORITIES.map((priority) =>
        classSeries(priority, (seconds) => durationText(seconds * 1_000), false),
      ),
      markers: CLASS_MARKERS,
      scale: {
        ...LOGARITHMIC,
        range: () => [
          AGE_TICKS[0] ?? 0.1,
          Math.max(3_600, ...this.#objectiveLevels().map(({ at }) => at)) * 2,
        ],
      },
      tick: (seconds) => durationText(seconds * 1_000),
      splits: () => AGE_TICKS,
      levels: () => this.#objectiveLevels(),
      columns: (samples) =>
        byClass(samples, ({ ageMs }, priority) => {
          const age = ageMs[priority];
          return age === null ? null : Math.max(AGE_TICKS[0] ?? 0.1, age / 1_000);
        }),
    });
  }

  #callsChart(): LiveChart {
    const steps = uPlot.paths.stepped?.({ align: -1 });
    return liveChart({
      id: 'chart-calls',
      series: [
        {
          label: 'calls',
          stroke: () => colour('--ink'),
          fill: () => colour('--wash'),
          width: 1.5,
          ...(steps === undefined ? {} : { paths: steps }),
          points: { show: false },
          value: (_plot: uPlot, value: number | null) => valueText(value, numberText),
        },
        {
          label: 'in flight',
          stroke: () => colour('--faint-ink'),
          width: 1.5,
          points: { show: false },
          value: (_plot: uPlot, value: number | null) => valueText(value, numberText),
        },
      ],
      markers: ['var(--ink)', 'var(--faint-ink)'],
      scale: {
        range: (_plot, _least, most) => [
          0,
          Math.max(5, most, ...this.#limitLevels().map(({ at }) => at)) * 1.2,
        ],
      },
      tick: numberText,
      levels: () => this.#limitLevels(),
      columns: (samples) => [
        times(samples),
        samples.map(({ callsInWindow }) => callsInWindow),
        samples.map(({ inFlight }) => inFlight),
      ],
    });
  }

  #objectiveLevels(): readonly Level[] {
    const objectives = this.#objectives;
    if (objectives === undefined) return [];
    return PRIORITIES.map((priority) => ({
      at: objectives[priority] / 1_000,
      label: `${priority} ${durationText(objectives[priority])}`,
      colour: colour(`--${priority.toLowerCase()}`),
    }));
  }

  #limitLevels(): readonly Level[] {
    if (this.#permitted === null) return [];
    const { calls } = this.#permitted;
    const api = { at: calls, label: `the API permits ${calls}`, colour: colour('--bad') };
    return this.#inForce === undefined || this.#inForce === calls
      ? [api]
      : [api, { at: this.#inForce, label: `set to ${this.#inForce}`, colour: colour('--ink') }];
  }
}

interface ChartShape {
  readonly id: string;
  readonly series: readonly uPlot.Series[];
  /** Colours of the series as the style sheet names them, so that the legend follows the screen. */
  readonly markers: readonly string[];
  readonly scale: uPlot.Scale;
  readonly tick: (value: number) => string;
  readonly splits?: () => number[];
  readonly levels?: () => readonly Level[];
  readonly columns: LiveChart['columns'];
}

function liveChart({ id, series, markers, scale, tick, splits, levels, columns }: ChartShape): LiveChart {
  const host = byId(id);
  const font = '11px system-ui, sans-serif';
  const grid = { stroke: () => colour('--line'), width: 1 };
  const axis = { stroke: () => colour('--faint-ink'), font, grid, ticks: { show: false } };
  const plot = new uPlot(
    {
      width: Math.max(host.clientWidth, 200),
      height: HEIGHT_PX,
      padding: [8, 8, 0, 0],
      cursor: { y: false, drag: { x: false, y: false }, sync: { key: 'time' } },
      legend: { live: true, markers: { width: 0, fill: (_plot, index) => markers[index - 1] ?? '' } },
      scales: { x: { time: true }, y: scale },
      series: [{ label: 'at', value: (_plot, seconds) => timeText(seconds) }, ...series],
      axes: [
        { ...axis, space: 60, size: 26, values: (_plot, ticks) => ticks.map(shortTimeText) },
        {
          ...axis,
          size: 52,
          gap: 6,
          values: (_plot, ticks) => ticks.map((value) => tick(value)),
          ...(splits === undefined
            ? { incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000] }
            : { splits, filter: (_plot, ticks) => ticks }),
        },
      ],
      hooks: { draw: levels === undefined ? [] : [(drawn) => drawLevels(drawn, levels())] },
    },
    columns([]),
    host,
  );
  return { plot, host, columns };
}

function classSeries(priority: Priority, text: (value: number) => string, filled: boolean): uPlot.Series {
  const name = `--${priority.toLowerCase()}`;
  return {
    label: priority,
    stroke: () => colour(name),
    ...(filled ? { fill: () => colour(`${name}-wash`) } : {}),
    width: 2,
    points: { show: false },
    value: (_plot, value: number | null) => valueText(value, text),
  };
}

function drawLevels(plot: uPlot, levels: readonly Level[]): void {
  const { ctx, bbox } = plot;
  const { devicePixelRatio: ratio } = window;
  ctx.save();
  ctx.font = `${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'right';
  ctx.lineWidth = ratio;
  for (const { at, label, colour: stroke } of levels) {
    const top = Math.round(plot.valToPos(at, 'y', true));
    ctx.strokeStyle = ctx.fillStyle = stroke;
    ctx.setLineDash([4 * ratio, 4 * ratio]);
    ctx.beginPath();
    ctx.moveTo(bbox.left, top);
    ctx.lineTo(bbox.left + bbox.width, top);
    ctx.stroke();
    ctx.setLineDash([]);
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = colour('--panel');
    ctx.strokeText(label, bbox.left + bbox.width, top - 4 * ratio);
    ctx.lineWidth = ratio;
    ctx.fillText(label, bbox.left + bbox.width, top - 4 * ratio);
  }
  ctx.restore();
}

function byClass(
  samples: readonly Sample[],
  valueOf: (sample: Sample, priority: Priority) => number | null,
): uPlot.AlignedData {
  const columns = PRIORITIES.map((priority) => samples.map((sample) => valueOf(sample, priority)));
  return [times(samples), ...columns];
}

function times(samples: readonly Sample[]): number[] {
  return samples.map(({ atMs }) => atMs / 1_000);
}

function valueText(value: number | null, text: (value: number) => string): string {
  return value === null ? '–' : text(value);
}

function timeText(seconds: number | null): string {
  return seconds === null ? '–' : new Date(seconds * 1_000).toLocaleTimeString(undefined, { hour12: false });
}

function shortTimeText(seconds: number): string {
  return timeText(seconds);
}

/** The style sheet owns all colours, for light screens and for dark ones. */
function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
