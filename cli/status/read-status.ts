import { type RecentStatus, recentStatusOf } from '../../lambdas/core/status/recent-calls.js';
import { type Status, statusOf } from '../../lambdas/core/status/status.js';
import { asCommandError } from '../command-error.js';
import type { Context } from '../context.js';
import { readSnapshot } from './snapshot.js';

/** Why it is not known. */
export interface Unread {
  readonly unread: string;
}

/** What `rlo status --json` prints. */
export interface FullStatus extends Status {
  readonly recent: RecentStatus | Unread;
}

/** How things stand, and what calls came to in the last minutes. What cannot be read of the latter hides nothing else. */
export async function readStatus(context: Context): Promise<FullStatus> {
  const recently = context.metrics.recent(context.nowMs()).catch((error: unknown) => asCommandError(error));
  const status = statusOf(await readSnapshot(context));
  const calls = await recently;
  const recent =
    calls instanceof Error ? { unread: calls.message } : recentStatusOf(calls, status.limits.inForce);
  return { ...status, recent };
}
