import type { Unsendable } from './adapter.js';
import { isScalar } from './fill-template.js';

/** An object as `application/x-www-form-urlencoded`. Lists repeat their name, and what is null is left out. */
export function formBody(value: unknown): { readonly text: string } | Unsendable {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { faults: ['payload: expected an object, whose fields are those of the form'] };
  const form = new URLSearchParams();
  const faults: string[] = [];
  for (const [name, field] of Object.entries(value) as [string, unknown][]) {
    for (const item of Array.isArray(field) ? (field as readonly unknown[]) : [field]) {
      if (item === null || item === undefined) continue;
      if (isScalar(item)) form.append(name, String(item));
      else
        faults.push(`payload.${name}: expected a text, a number, a flag, or a list of them, as forms have`);
    }
  }
  return faults.length > 0 ? { faults } : { text: form.toString() };
}
