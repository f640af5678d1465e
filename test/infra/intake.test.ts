import { Validations } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '../../infra/build-app.js';
import { INTAKE_ROUTES, routeKeyOf } from '../../lambdas/core/contracts/intake-api.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { statementsOf } from './support/policies.js';
import { templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

const jwt = { issuer: 'https://login.example.com/', audience: ['erp'] };

describe('the intake', () => {
  const template = templateOf(aLegacyApi({ intake: {} }));

  it('is there only where the configuration asks for it', () => {
    expect(apisIn(templateOf(aLegacyApi()))).toBe(0);
    expect(apisIn(template)).toBe(1);
    expect(Object.keys(template.findOutputs('*'))).toContain('LegacyApiIntakeUrl');
  });

  it('is one for each orchestrator', () => {
    const both = templateOf(aLegacyApi({ intake: {} }), aLegacyApi({ name: 'mail', intake: {} }));

    expect(apisIn(both)).toBe(2);
  });

  it('passes the checks of AWS Solutions and of CloudFormation itself', () => {
    const orchestrators = [aLegacyApi({ intake: {} }), aLegacyApi({ name: 'mail', intake: { jwt } })];
    const app = buildApp({ context: { ...WITHOUT_BUNDLES, orchestrators }, validate: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it.each([
    ['IAM', {}, 'AWS_IAM'],
    ['a token', { jwt }, 'JWT'],
  ])('lets nobody in without %s, on any route', (_what, intake, AuthorizationType) => {
    const routes = Object.values(
      templateOf(aLegacyApi({ intake })).findResources('AWS::ApiGatewayV2::Route'),
    ).map(({ Properties }) => Properties as { RouteKey: string; AuthorizationType: string });

    expect(routes.map(({ RouteKey }) => RouteKey).sort()).toEqual(
      ['$default', ...Object.values(INTAKE_ROUTES).map(routeKeyOf)].sort(),
    );
    expect(new Set(routes.map((route) => route.AuthorizationType))).toEqual(new Set([AuthorizationType]));
  });

  it('takes tokens of the configured issuer for the configured audience', () => {
    const authorizers = templateOf(aLegacyApi({ intake: { jwt } })).findResources(
      'AWS::ApiGatewayV2::Authorizer',
    );

    expect(Object.values(authorizers).map(({ Properties }) => Properties as unknown)).toEqual([
      expect.objectContaining({ JwtConfiguration: { Issuer: jwt.issuer, Audience: jwt.audience } }),
    ]);
  });

  it('throttles, and logs each request without what it says', () => {
    const [stage] = Object.values(template.findResources('AWS::ApiGatewayV2::Stage'));
    const { AccessLogSettings, DefaultRouteSettings } = stage?.['Properties'] as {
      readonly AccessLogSettings: { readonly Format: string };
      readonly DefaultRouteSettings: unknown;
    };

    expect(DefaultRouteSettings).toEqual({ ThrottlingBurstLimit: 1_000, ThrottlingRateLimit: 200 });
    expect(AccessLogSettings.Format).toContain('$context.status');
    expect(AccessLogSettings.Format).not.toMatch(/body|query|header|\$context\.path|authorizer/i);
  });

  it('may be invoked by its own API alone', () => {
    const permissions = Object.values(template.findResources('AWS::Lambda::Permission'));

    expect(permissions).toHaveLength(2);
    for (const { Properties } of permissions)
      expect(JSON.stringify(Properties)).toMatch(/execute-api.*LegacyApiIntakeApi/);
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('over HTTP$'),
      Timeout: 25,
    });
  });

  it('may start, see and stop calls, look at the queues, hurry a call, read the table, and nothing else', () => {
    const allowed = statementsOf(template, /Intake/).flatMap(({ actions, resource }) =>
      actions.map((action) => `${action} ${resourcesOf(resource).join(' ')}`.trim()),
    );

    expect(allowed.sort()).toEqual([
      'dynamodb:GetItem LegacyApiTable',
      'logs:CreateLogStream LegacyApiIntakeLogs',
      'logs:PutLogEvents LegacyApiIntakeLogs',
      'sqs:GetQueueAttributes LegacyApiQueuesBATCH LegacyApiQueuesHIGH LegacyApiQueuesNORMAL',
      'sqs:SendMessage LegacyApiDoorbellQueue LegacyApiQueuesHIGH',
      'states:DescribeExecution LegacyApiCall',
      'states:GetExecutionHistory LegacyApiCall',
      'states:ListExecutions LegacyApiCall',
      'states:StartExecution LegacyApiCall',
      'states:StopExecution LegacyApiCall',
      'xray:PutTelemetryRecords',
      'xray:PutTraceSegments',
    ]);
  });
});

function apisIn(of: Template): number {
  return Object.keys(of.findResources('AWS::ApiGatewayV2::Api')).length;
}

/** Logical IDs without their hashes. */
function resourcesOf(resource: unknown): readonly string[] {
  return (JSON.stringify(resource).match(/LegacyApi\w+/g) ?? [])
    .map((id) => id.replace(/[0-9A-F]{8}$/, ''))
    .sort();
}
