import { allowancesLeaveRoom, orderNeedsOneQueue } from './allowance-rules.js';
import { aLookupCanSayNo, aLookupNamesItsKeyAlone } from './lookup-rules.js';
import type { ConfigCheck } from './parse-config.js';

/** A dead slot weighs for as long as the legacy API may work: it is no shorter than whoever waits believes. */
export const theApiMayWorkAsLongAsWeWait: ConfigCheck = ({ operations, serviceTimeMaxMs }) =>
  Object.entries(operations)
    .filter(([, { timeoutMs }]) => timeoutMs > serviceTimeMaxMs)
    .map(
      ([name, { timeoutMs }]) =>
        `serviceTimeMaxMs ${serviceTimeMaxMs} is below timeoutMs ${timeoutMs} of operations.${name}: after a crash, others would call while its call may still run; raise the one, or lower the other`,
    );

/**
 * Asked once, before a stack is synthesized: not by the worker, whose code is loaded at each cold start and whose
 * environment holds no mappings.
 */
export const DEPLOYMENT_CHECKS: readonly ConfigCheck[] = [
  allowancesLeaveRoom,
  orderNeedsOneQueue,
  aLookupCanSayNo,
  aLookupNamesItsKeyAlone,
  theApiMayWorkAsLongAsWeWait,
];
