/** A field of the payload, in a template: `{id}`, or `{customer.id}` for a field of a field. */
export const PLACEHOLDER = /\{([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)\}/g;

/** The fields that a template names, each as the names that lead to it. */
export function fieldsOf(template: string): readonly (readonly string[])[] {
  return [...template.matchAll(PLACEHOLDER)].map(([, name = '']) => name.split('.'));
}
