import { type AppRun, type AppRunEvents, LAPTOP_JITTER_MS, startApp } from '../../../local/app-run.js';
import { synthesizeStack } from '../../../local/synthesize.js';
import { MAIL_LIMIT, MAILS_IN_FLIGHT, TaskNotificationsStack } from '../task-notifications-stack.js';

const STACK = 'task-notifications';

const MAIL_LATENCY = { medianMs: 60, p99Ms: 150 };

/** The stack that deploys, on this machine, with a mail API that counts every window of its limit. */
export function startExample(events: AppRunEvents, port: number): Promise<AppRun> {
  return startApp(
    {
      api: {
        ...{ kind: 'simulated', port: 0, seed: 1, latency: MAIL_LATENCY },
        ...{ limits: [MAIL_LIMIT], inFlightMax: MAILS_IN_FLIGHT },
      },
      synthesize: (outdir, mailUrl) =>
        synthesizeStack(
          outdir,
          STACK,
          (app) => new TaskNotificationsStack(app, STACK, { mailUrl, arrivalJitterMs: LAPTOP_JITTER_MS }),
        ),
      port,
    },
    events,
  );
}
