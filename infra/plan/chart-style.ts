import type { Priority } from '../../lambdas/core/contracts/priority.js';

/** Colours that the style sheet in the file defines, once for light and once for dark screens. */
export const COLOURS: Readonly<Record<Priority, string>> = {
  HIGH: 'var(--high)',
  NORMAL: 'var(--normal)',
  BATCH: 'var(--batch)',
};
export const INK = 'var(--ink)';
const FAINT = 'var(--faint)';

export const FONT = 'system-ui, sans-serif';

/** Orange, blue and grey, which most colour-blind people tell apart too. */
export const STYLE = `<style>
  svg { --ink: #1f2328; --faint: #d0d7de; --high: #c2410c; --normal: #0b69c7; --batch: #6e7781; background: #ffffff; }
  @media (prefers-color-scheme: dark) {
    svg { --ink: #e6edf3; --faint: #3d444d; --high: #ff9b5e; --normal: #6cb6ff; --batch: #9198a1; background: #0d1117; }
  }
</style>`;

export function title(text: string, subtext: string, top: number): object {
  return {
    text,
    subtext,
    top,
    left: 24,
    textStyle: { color: INK, fontSize: 16 },
    subtextStyle: { color: INK, fontSize: 12 },
  };
}

export function axis(gridIndex: number): object {
  const line = { lineStyle: { color: FAINT } };
  return {
    gridIndex,
    axisLine: line,
    splitLine: line,
    axisTick: line,
    minorTick: { show: false },
    axisLabel: { color: INK },
  };
}

export function label(text: (value: number) => string): object {
  return { color: INK, formatter: text };
}
