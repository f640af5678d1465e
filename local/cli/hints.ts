import { LOCAL_REGION } from '../aws/account.js';
import type { LocalRun } from '../local-run.js';

/** What to open, copy and paste against a local run. */
export function hints(
  { aws, stateMachineArn, intakeUrl, sample, legacyApi }: LocalRun,
  pageUrl: string,
): string {
  const { operation, payload } = sample;
  const input = JSON.stringify({ operation, priority: 'HIGH', payload: payload('order-1') });
  return [
    `Live page      ${pageUrl}`,
    `AWS endpoint   ${aws.endpoint}   (for every service that the stack uses)`,
    `State machine  ${stateMachineArn}`,
    `Legacy API     ${legacyApi.url}   (counts every call; with --legacy-url it passes them on)`,
    ...(intakeUrl === undefined
      ? []
      : [`HTTP intake    ${intakeUrl}   (here it lets everybody in: signatures are not checked)`]),
    '',
    'Start an execution from another terminal:',
    '',
    `  export AWS_ENDPOINT_URL=${aws.endpoint} AWS_DEFAULT_REGION=${LOCAL_REGION} AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local`,
    `  aws stepfunctions start-execution --state-machine-arn ${stateMachineArn} --input '${input}'`,
    `  aws stepfunctions list-executions --state-machine-arn ${stateMachineArn}`,
    ...(intakeUrl === undefined
      ? []
      : [
          '',
          'Or over HTTP:',
          '',
          `  curl -X POST ${intakeUrl}/calls -H 'content-type: application/json' -d '${input}'`,
        ]),
    '',
    'Watch it, pause it, change its limit:',
    '',
    `  AWS_ENDPOINT_URL=${aws.endpoint} npx rlo watch --local`,
    '  npx rlo --help',
    '',
    'Ctrl-C stops everything.',
    '',
  ].join('\n');
}
