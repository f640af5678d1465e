import { Validator } from '@seriousme/openapi-schema-validator';
import { INTAKE_ROUTES } from '../../../lambdas/core/contracts/intake-api.js';
import { openApiDocument } from '../../../lambdas/intake/openapi/document.js';
import { aConfig } from '../../support/a-config.js';

const jwt = { issuer: 'https://login.example.com/', audience: ['erp'] };

describe('the OpenAPI document', () => {
  it.each([
    ['IAM', {}],
    ['tokens', { jwt }],
  ])('is valid where callers come in with %s', async (_how, intake) => {
    const document = JSON.parse(JSON.stringify(openApiDocument(aConfig({ intake })))) as Record<
      string,
      unknown
    >;

    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it('describes every route', () => {
    const { paths } = openApiDocument(aConfig({ intake: {} })) as {
      readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId?: string }>>>>;
    };

    for (const [operationId, { method, path }] of Object.entries(INTAKE_ROUTES))
      expect(paths[path]?.[method.toLowerCase()]?.operationId).toBe(operationId);
  });

  it('says of a call what its schema says, with the configured operations', () => {
    const { components } = openApiDocument(aConfig({ intake: {} }));

    expect(components.schemas.CallRequest).toMatchObject({
      type: 'object',
      properties: {
        operation: { enum: ['getOrder', 'bookOrder'] },
        priority: { enum: ['HIGH', 'NORMAL', 'BATCH'] },
        idempotencyKey: { type: 'string', pattern: '^[!-~]{1,256}$' },
        tenant: { type: 'string', minLength: 1, maxLength: 128 },
      },
      required: ['operation'],
      additionalProperties: false,
    });
  });

  it('sends callers with tokens to their issuer', () => {
    expect(openApiDocument(aConfig({ intake: { jwt } })).components.securitySchemes).toEqual({
      jwt: {
        type: 'openIdConnect',
        openIdConnectUrl: 'https://login.example.com/.well-known/openid-configuration',
      },
    });
  });
});
