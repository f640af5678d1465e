import type { ConfigCheck } from './parse-config.js';
import { fieldsOf } from './placeholders.js';

/**
 * A lookup by SOAP names what says that a call was not executed: without it, whatever is answered would leave the
 * question open or say that it was.
 */
export const aLookupCanSayNo: ConfigCheck = ({ operations }) =>
  Object.entries(operations).flatMap(([name, { lookup }]) => {
    if (lookup?.soap === undefined) return [];
    const { executed, notExecutedStatuses = [], notExecutedFaults = [] } = lookup;
    if (executed !== undefined || notExecutedStatuses.length + notExecutedFaults.length > 0) return [];
    return [
      `operations.${name}.lookup: by SOAP, nothing would ever say that a call was not executed; add executed or notExecutedFaults`,
    ];
  });

/** A lookup is made with the key of its call alone: any other field would be missing, and all would be found or none. */
export const aLookupNamesItsKeyAlone: ConfigCheck = ({ operations }) =>
  Object.entries(operations).flatMap(([name, { lookup }]) => {
    const { path = '', query = {}, headers = {} } = lookup ?? {};
    return Object.entries({ path, ...prefixed('query', query), ...prefixed('headers', headers) }).flatMap(
      ([where, template]) =>
        fieldsOf(template)
          .map((field) => field.join('.'))
          .filter((field) => field !== 'idempotencyKey')
          .map(
            (field) =>
              `operations.${name}.lookup.${where}: {${field}} is no field of a lookup, which knows {idempotencyKey} alone`,
          ),
    );
  });

function prefixed(
  field: string,
  templates: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(templates).map(([name, text]) => [`${field}.${name}`, text]));
}
