import type { ConfigCheck } from './parse-config.js';

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
