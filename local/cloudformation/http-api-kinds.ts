import { HttpApi } from '../aws/http-api/http-api.js';
import { isRouteKey } from '../aws/http-api/route-table.js';
import type { LambdaFunction } from '../aws/lambda/lambda-function.js';
import type { Deploy } from './resource-kinds.js';
import { UnsupportedTemplateError } from './template.js';

export interface HttpApiKindOptions {
  readonly functionByName: (name: string) => LambdaFunction | undefined;
  /** Of the next API; 0 takes any free one. */
  readonly nextPort: () => number;
  readonly onDeployed: (api: HttpApi) => void;
}

/**
 * AWS::ApiGatewayV2: HTTP APIs with Lambda functions behind their routes, in payload format 2.0, each on a port of its
 * own. Signatures and tokens are not checked: IAM and JWT authorization let everybody in.
 */
export function httpApiKinds(options: HttpApiKindOptions): Readonly<Record<string, Deploy>> {
  const apis = new Map<string, HttpApi>();
  const apiOf = (logicalId: string, id: string): HttpApi => {
    const api = apis.get(id);
    if (api === undefined)
      throw new UnsupportedTemplateError([`${logicalId}: only an HTTP API of this template is emulated`]);
    return api;
  };
  return {
    'AWS::ApiGatewayV2::Api': apiKind(options, apis),
    'AWS::ApiGatewayV2::Integration': integrationKind(options, apiOf),
    'AWS::ApiGatewayV2::Route': routeKind(apiOf),
    'AWS::ApiGatewayV2::Stage': stageKind(apiOf),
    'AWS::ApiGatewayV2::Authorizer': authorizerKind(apiOf),
  };
}

type ApiOf = (logicalId: string, id: string) => HttpApi;

function apiKind({ nextPort, onDeployed }: HttpApiKindOptions, apis: Map<string, HttpApi>): Deploy {
  return async ({ logicalId, properties }) => {
    refuseOther(logicalId, 'protocol', properties.requiredText('ProtocolType'), 'HTTP');
    properties.inert('Name', 'Description', 'Tags', 'Version', 'DisableExecuteApiEndpoint');
    const api = new HttpApi(logicalId);
    await api.start(nextPort());
    apis.set(api.id, api);
    onDeployed(api);
    return { ref: api.id, attributes: { ApiId: api.id, ApiEndpoint: api.endpoint } };
  };
}

function integrationKind({ functionByName }: HttpApiKindOptions, apiOf: ApiOf): Deploy {
  return ({ logicalId, properties }) => {
    const api = apiOf(logicalId, properties.requiredText('ApiId'));
    refuseOther(logicalId, 'integration', properties.requiredText('IntegrationType'), 'AWS_PROXY');
    refuseOther(logicalId, 'payload format', properties.text('PayloadFormatVersion') ?? '1.0', '2.0');
    const target = functionByName(functionName(properties.requiredText('IntegrationUri')));
    // A function that takes longer is ended by its own timeout.
    properties.inert('Description', 'IntegrationMethod', 'TimeoutInMillis');
    if (target === undefined)
      throw new UnsupportedTemplateError([`${logicalId}: only functions of this template are emulated`]);
    api.addIntegration(logicalId, target);
    return Promise.resolve({ ref: logicalId, attributes: { IntegrationId: logicalId } });
  };
}

function routeKind(apiOf: ApiOf): Deploy {
  return ({ logicalId, properties }) => {
    const api = apiOf(logicalId, properties.requiredText('ApiId'));
    const routeKey = properties.requiredText('RouteKey');
    if (!isRouteKey(routeKey))
      throw new UnsupportedTemplateError([`${logicalId}: route key ${routeKey} is not emulated`]);
    api.addRoute(routeKey, properties.requiredText('Target').replace(/^integrations\//, ''));
    properties.inert('AuthorizationType', 'AuthorizerId', 'AuthorizationScopes', 'OperationName');
    return Promise.resolve({ ref: logicalId, attributes: { RouteId: logicalId } });
  };
}

function stageKind(apiOf: ApiOf): Deploy {
  return ({ logicalId, properties }) => {
    const api = apiOf(logicalId, properties.requiredText('ApiId'));
    refuseOther(logicalId, 'stage', properties.requiredText('StageName'), '$default');
    refuseOther(logicalId, 'AutoDeploy', String(properties.flag('AutoDeploy', false)), 'true');
    const settings = properties.group('DefaultRouteSettings');
    const burst = settings.optionalNumber('ThrottlingBurstLimit');
    const requestsPerSecond = settings.optionalNumber('ThrottlingRateLimit');
    settings.inert('DetailedMetricsEnabled');
    properties.inert('AccessLogSettings', 'Description', 'Tags');
    api.deploy(
      burst === undefined || requestsPerSecond === undefined ? undefined : { burst, requestsPerSecond },
    );
    return Promise.resolve({ ref: '$default', attributes: {} });
  };
}

function authorizerKind(apiOf: ApiOf): Deploy {
  return ({ logicalId, properties }) => {
    apiOf(logicalId, properties.requiredText('ApiId'));
    properties.inert('AuthorizerType', 'IdentitySource', 'JwtConfiguration', 'Name');
    return Promise.resolve({ ref: logicalId, attributes: { AuthorizerId: logicalId } });
  };
}

/** Of `arn:<partition>:lambda:<region>:<account>:function:<name>`, alone or within the address that invokes it. */
function functionName(uri: string): string {
  return /:function:([^:/]+)/.exec(uri)?.[1] ?? uri;
}

function refuseOther(logicalId: string, what: string, value: string, emulated: string): void {
  if (value === emulated) return;
  throw new UnsupportedTemplateError([`${logicalId}: ${what} ${value} is not emulated; ${emulated} is`]);
}
