import * as v from 'valibot';

export const whole = (least: number, most: number, unit: string) => {
  const allowed = `a whole number of ${unit} from ${least} to ${most}`;
  return v.pipe(
    v.number(allowed),
    v.check((value) => Number.isInteger(value) && value >= least && value <= most, allowed),
  );
};

export const named = (pattern: RegExp, allowed: string) =>
  v.pipe(v.string(allowed), v.regex(pattern, allowed));

const SECURE_URL = 'an https:// address without query or credentials (http:// only on a loopback address)';

/** An address to which calls and credentials may be sent. */
export const secureUrl = v.pipe(v.string(SECURE_URL), v.check(isSecureUrl, SECURE_URL));

function isSecureUrl(value: string): boolean {
  const match = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^\s/?#@:[\]]+)(:\d{1,5})?(\/[^\s?#]*)?$/i.exec(value);
  if (match === null || !URL.canParse(value)) return false;
  const host = match[2]?.toLowerCase() ?? '';
  return match[1]?.toLowerCase() === 'https' || /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
}
