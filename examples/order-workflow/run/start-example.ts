import { type AppRun, type AppRunEvents, LAPTOP_JITTER_MS, startApp } from '../../../local/app-run.js';
import { synthesizeStack } from '../../../local/synthesize.js';
import { ERP_CALLS_IN_FLIGHT, ERP_LIMIT, OrderWorkflowStack } from '../order-workflow-stack.js';
import { type Erp, startErp } from './erp.js';

const STACK = 'order-workflow';

/** The stack that deploys, on this machine, and an ERP whose limit is watched. */
export interface OrderRun extends AppRun {
  readonly erp: Erp;
}

export async function startExample(events: AppRunEvents): Promise<OrderRun> {
  const erp = await startErp();
  try {
    const run = await startApp(
      {
        api: {
          ...{ kind: 'forwarded', port: 0, upstreamUrl: erp.url },
          ...{ limits: [ERP_LIMIT], inFlightMax: ERP_CALLS_IN_FLIGHT },
        },
        synthesize: (outdir, erpUrl) =>
          synthesizeStack(
            outdir,
            STACK,
            (app) => new OrderWorkflowStack(app, STACK, { erpUrl, arrivalJitterMs: LAPTOP_JITTER_MS }),
          ),
        port: 0,
      },
      events,
    );
    const stop = async () => {
      await run.stop();
      await erp.stop();
    };
    return { ...run, erp, stop };
  } catch (error) {
    await erp.stop();
    throw error;
  }
}
