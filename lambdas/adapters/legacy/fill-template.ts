import { fieldsOf, PLACEHOLDER } from '../../core/config/placeholders.js';

type Scalar = string | number | boolean;

/** Replaces each placeholder by `text` of the field's value; without one, says what is missing or unfit, by its name. */
export function fill(
  template: string,
  payload: unknown,
  text: (value: Scalar, name: string) => string | undefined,
): { readonly text: string } | { readonly fault: string } {
  let fault: string | undefined;
  const filled = template.replace(PLACEHOLDER, (_, name: string) => {
    const value = valueAt(payload, name.split('.'));
    const replaced = isScalar(value) ? text(value, name) : undefined;
    fault ??= replaced === undefined ? faultOf(name, value) : undefined;
    return replaced ?? '';
  });
  return fault === undefined ? { text: filled } : { fault };
}

/** The field of a template that is nothing but one placeholder. */
export function onlyFieldOf(template: string): readonly string[] | undefined {
  const [field] = fieldsOf(template);
  return field !== undefined && template === `{${field.join('.')}}` ? field : undefined;
}

/** Own fields alone: nobody asks for what every object inherits. */
export function valueAt(payload: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return payload;
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, name)) return undefined;
  return valueAt((payload as Readonly<Record<string, unknown>>)[name], rest);
}

export function isScalar(value: unknown): value is Scalar {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function faultOf(name: string, value: unknown): string {
  if (value === undefined || value === null) return `payload.${name}: missing; the operation needs it`;
  return `payload.${name}: expected a text, a number or a flag that fits where the operation puts it`;
}
