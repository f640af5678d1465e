import { durationText, percentText } from '../../lambdas/core/planning/words.js';
import type { RecentStatus } from '../../lambdas/core/status/recent-calls.js';
import type { Unread } from './read-status.js';

/** What the calls of the last minutes came to, in two lines. */
export function recentText(recent: RecentStatus | Unread): readonly string[] {
  if ('unread' in recent) return [`Calls    unknown: ${recent.unread}`];
  const over = durationText(Date.parse(recent.until) - Date.parse(recent.from));
  const used = recent.limitUsedRatio === null ? '' : `, ${percentText(recent.limitUsedRatio)} of the limit`;
  return [`Calls    ${recent.callsStarted} in the last ${over}${used}`, `Outcomes ${outcomesText(recent)}`];
}

function outcomesText(recent: RecentStatus): string {
  const { succeeded, rejected, unavailable, outcomeUnknown, responseTooLarge, throttled, lateResults } =
    recent;
  const counts = {
    succeeded,
    rejected,
    unavailable,
    unknown: outcomeUnknown,
    'too large': responseTooLarge,
    'refused for their rate': throttled,
    late: lateResults,
  };
  const seen = Object.entries(counts).filter(([, count]) => count > 0);
  return seen.length === 0 ? 'none' : seen.map(([name, count]) => `${count} ${name}`).join(', ');
}
