import * as v from 'valibot';

export const whole = (least: number, most: number, unit: string) =>
  v.pipe(
    v.number(),
    v.check(
      (value) => Number.isInteger(value) && value >= least && value <= most,
      `a whole number of ${unit} from ${least} to ${most}`,
    ),
  );

export const named = (pattern: RegExp, allowed: string) => v.pipe(v.string(), v.regex(pattern, allowed));

/** An address to which calls and credentials may be sent. */
export const secureUrl = v.pipe(
  v.string(),
  v.check(
    isSecureUrl,
    'an https:// address without query or credentials (http:// only on a loopback address)',
  ),
);

function isSecureUrl(value: string): boolean {
  const match = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?(\/[^\s?#]*)?$/i.exec(value);
  if (match === null || !URL.canParse(value)) return false;
  const host = match[2]?.toLowerCase() ?? '';
  return match[1]?.toLowerCase() === 'https' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
}
