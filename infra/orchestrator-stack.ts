import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { OrchestratorConfigInput } from '../lambdas/core/config/orchestrator-config.js';
import { ApisDashboard, type ShownApi } from './apis-dashboard.js';
import { pascalCase } from './pascal-case.js';
import { RateLimitedOrchestrator } from './rate-limited-orchestrator.js';

export interface OrchestratorStackProps extends StackProps {
  readonly orchestrators: readonly OrchestratorConfigInput[];
}

/** One orchestrator for each legacy API; they share nothing but the stack. */
export class OrchestratorStack extends Stack {
  constructor(scope: Construct, id: string, { orchestrators, ...props }: OrchestratorStackProps) {
    super(scope, id, props);
    const apis = orchestrators.map((config) => {
      return shown(new RateLimitedOrchestrator(this, pascalCase(config.name), { config }));
    });
    const [first, second, ...others] = apis;
    if (first === undefined || second === undefined) return;
    // No orchestrator's name has a hyphen in here.
    const { dashboard } = new ApisDashboard(this, 'All-Apis', [first, second, ...others]);
    new CfnOutput(this, 'AllApisDashboard', { value: dashboard.dashboardName });
  }
}

function shown({ config, dashboard, alarms }: RateLimitedOrchestrator): ShownApi {
  return { config, dashboard: dashboard.dashboard, unhealthy: alarms?.unhealthy };
}
