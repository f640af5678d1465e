const UNITS: readonly (readonly [unitMs: number, name: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
  [1, 'ms'],
];

/** A duration to three digits at most, in the unit in which it is easiest to read: `1.7 s`, `3.4 h`. */
export function durationText(milliseconds: number): string {
  if (!Number.isFinite(milliseconds)) return 'never';
  const rounded = milliseconds < 1_000 ? Math.round(milliseconds) : milliseconds;
  const [unitMs, name] = UNITS.find(([unit]) => rounded >= unit) ?? [1, 'ms'];
  const value = rounded / unitMs;
  return `${trimmed(value, value < 10 && unitMs > 1 ? 1 : 0)} ${name}`;
}

/** `12,345`; three digits in all below 100. */
export function numberText(value: number): string {
  const text = Math.abs(value) < 100 ? String(Number(value.toPrecision(3))) : String(Math.round(value));
  return text.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');
}

export function perSecondText(callsPerSecond: number): string {
  return `${numberText(callsPerSecond)}/s`;
}

export function percentText(ratio: number): string {
  return `${Math.round(ratio * 100)} %`;
}

function trimmed(value: number, digits: number): string {
  return String(Number(value.toFixed(digits)));
}
