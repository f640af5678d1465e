import type { HttpApi } from '../../../local/aws/http-api/http-api.js';
import { deploy } from '../../../local/cloudformation/deploy.js';
import { httpApiKinds } from '../../../local/cloudformation/http-api-kinds.js';
import type { Template } from '../../../local/cloudformation/template.js';
import { type Functions, functionsOf } from '../support/a-function.js';

const HANDLER = 'exports.handler = async ({ routeKey }) => ({ routeKey });';

const ref = (logicalId: string) => ({ Ref: logicalId });

const TEMPLATE = {
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: 'HTTP' } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      ApiId: ref('Api'),
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:aws:lambda:us-east-1:000000000000:function:worker',
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      ApiId: ref('Api'),
      RouteKey: 'GET /orders/{id}',
      Target: { 'Fn::Join': ['', ['integrations/', ref('Integration')]] },
      AuthorizationType: 'JWT',
      AuthorizerId: ref('Authorizer'),
    },
  },
  Authorizer: {
    Type: 'AWS::ApiGatewayV2::Authorizer',
    Properties: { ApiId: ref('Api'), AuthorizerType: 'JWT', Name: 'people', IdentitySource: [] },
  },
  Stage: {
    Type: 'AWS::ApiGatewayV2::Stage',
    Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true },
  },
} as const;

describe('an HTTP API of a template', () => {
  let functions: Functions;
  const apis: HttpApi[] = [];

  beforeAll(async () => {
    functions = await functionsOf(HANDLER);
  });

  afterAll(async () => {
    await Promise.all(apis.map((api) => api.stop()));
    await functions.stop();
  });

  const stand = (changes: Template['Resources'] = {}) =>
    deploy(
      {
        Resources: { ...TEMPLATE, ...changes },
        Outputs: { Endpoint: { Value: { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] } } },
      },
      httpApiKinds({
        functionByName: (name) => (name === 'worker' ? functions.create() : undefined),
        nextPort: () => 0,
        onDeployed: (api) => apis.push(api),
      }),
    );

  const changed = (logicalId: keyof typeof TEMPLATE, properties: Record<string, unknown>) => {
    const { Type, Properties } = TEMPLATE[logicalId];
    return stand({ [logicalId]: { Type, Properties: { ...Properties, ...properties } } });
  };

  it('serves its routes at the address that the template learns', async () => {
    const { Endpoint } = await stand();

    const response = await fetch(`${Endpoint ?? ''}/orders/7`);

    expect([response.status, await response.json()]).toEqual([200, { routeKey: 'GET /orders/{id}' }]);
  });

  it('throttles as its stage says', async () => {
    const { Endpoint } = await changed('Stage', {
      DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 },
    });

    const statuses = [
      (await fetch(`${Endpoint ?? ''}/orders/7`)).status,
      (await fetch(`${Endpoint ?? ''}/orders/7`)).status,
    ];

    expect(statuses).toEqual([200, 429]);
  });

  it.each([
    ['Api', { ProtocolType: 'WEBSOCKET' }, 'Api: protocol WEBSOCKET is not emulated; HTTP is'],
    ['Api', { CorsConfiguration: {} }, 'property CorsConfiguration is not emulated'],
    ['Integration', { PayloadFormatVersion: '1.0' }, 'payload format 1.0 is not emulated; 2.0 is'],
    ['Integration', { IntegrationType: 'HTTP_PROXY' }, 'integration HTTP_PROXY is not emulated'],
    ['Integration', { IntegrationUri: 'arn:other' }, 'only functions of this template are emulated'],
    ['Route', { RouteKey: '$connect' }, 'route key $connect is not emulated'],
    ['Stage', { StageName: 'prod' }, 'stage prod is not emulated; $default is'],
    ['Stage', { RouteSettings: {} }, 'property RouteSettings is not emulated'],
    ['Route', { ApiId: 'elsewhere' }, 'only an HTTP API of this template is emulated'],
  ] as const)('refuses %s with %j', async (logicalId, properties, fault) => {
    await expect(changed(logicalId, properties)).rejects.toThrow(fault);
  });
});
