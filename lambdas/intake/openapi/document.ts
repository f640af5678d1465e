import { toJsonSchema } from '@valibot/to-json-schema';
import type { OrchestratorConfig } from '../../core/config/orchestrator-config.js';
import { callRequestSchema } from '../../core/contracts/call-request.js';
import {
  acceptedCallSchema,
  batchAnswerSchema,
  callDetailsSchema,
  callPageSchema,
  callSummarySchema,
  expeditedCallSchema,
  problemSchema,
} from '../../core/contracts/intake-answers.js';
import {
  BATCH_CALLS_MAX,
  CALL_STATUSES,
  INTAKE_ROUTES,
  type IntakeOperation,
  PAGE_CALLS_DEFAULT,
  PAGE_CALLS_MAX,
} from '../../core/contracts/intake-api.js';
import { PRIORITIES } from '../../core/contracts/priority.js';
import { answers, body, type Operation, parameter, query, reference } from './parts.js';

type Schema = Parameters<typeof toJsonSchema>[0];

/** The OpenAPI document of the intake, out of the schemas by which it reads and answers, with the configured operations. */
export function openApiDocument(config: OrchestratorConfig) {
  const jwt = config.intake?.jwt;
  return {
    openapi: '3.1.0',
    info: {
      title: `Calls of ${config.name}`,
      version: '1',
      description: `Starts calls to ${config.name}, within its limits and by priority, and tells what becomes of them.`,
    },
    servers: [{ url: '/' }],
    security: [jwt === undefined ? { iam: [] } : { jwt: [] }],
    paths: pathsOf(),
    components: {
      schemas: {
        CallRequest: schema(callRequestSchema(config)),
        AcceptedCall: schema(acceptedCallSchema),
        CallSummary: schema(callSummarySchema),
        CallDetails: schema(callDetailsSchema),
        CallPage: schema(callPageSchema),
        ExpeditedCall: schema(expeditedCallSchema),
        BatchRequest: {
          type: 'object',
          properties: {
            calls: { type: 'array', items: reference('CallRequest'), minItems: 1, maxItems: BATCH_CALLS_MAX },
          },
          required: ['calls'],
          additionalProperties: false,
        },
        BatchAnswer: schema(batchAnswerSchema),
        Problem: schema(problemSchema),
      },
      securitySchemes:
        jwt === undefined
          ? {
              iam: {
                type: 'apiKey',
                in: 'header',
                name: 'Authorization',
                description: 'AWS Signature Version 4 of the service execute-api',
              },
            }
          : { jwt: { type: 'openIdConnect', openIdConnectUrl: wellKnown(jwt.issuer) } },
    },
  };
}

/** What JSON Schema cannot say, the sentences of a refusal do. */
function schema(of: Schema): unknown {
  const jsonSchema = toJsonSchema(of, {
    ignoreActions: ['check', 'raw_check'],
    typeMode: 'input',
  });
  // Of the document as a whole.
  delete jsonSchema.$schema;
  return jsonSchema;
}

const OPERATIONS: Readonly<Record<IntakeOperation, Operation>> = {
  createCall: {
    summary: 'Start a call. With an idempotency key the request is safe to repeat.',
    parameters: [
      parameter(
        'Idempotency-Key',
        'header',
        { type: 'string' },
        "the call's idempotencyKey, unless the body has it",
      ),
    ],
    requestBody: body('CallRequest'),
    responses: answers({ 202: 'AcceptedCall' }, [400, 413, 415, 422, 503]),
  },
  createCalls: {
    summary: 'Start many calls; each is taken or refused for itself.',
    requestBody: body('BatchRequest'),
    responses: answers({ 200: 'BatchAnswer' }, [400, 413, 415, 503]),
  },
  listCalls: {
    summary: 'List calls, the newest first. Filtered by priority, a page may show fewer than it looked at.',
    parameters: [
      query('priority', { type: 'string', enum: PRIORITIES }),
      query('status', { type: 'string', enum: CALL_STATUSES }),
      query('cursor', { type: 'string' }),
      query('limit', { type: 'integer', minimum: 1, maximum: PAGE_CALLS_MAX, default: PAGE_CALLS_DEFAULT }),
    ],
    responses: answers({ 200: 'CallPage' }, [400, 503]),
  },
  getCall: {
    summary: 'Show a call: where it stands, and its result once it has one.',
    responses: answers({ 200: 'CallDetails' }, [404, 503]),
  },
  expediteCall: {
    summary: 'Serve a waiting call as HIGH.',
    requestBody: body({
      type: 'object',
      properties: { priority: { const: 'HIGH' } },
      required: ['priority'],
      additionalProperties: false,
    }),
    responses: answers({ 202: 'ExpeditedCall' }, [400, 404, 409, 413, 415, 503]),
  },
  cancelCall: {
    summary: 'Cancel a call that has not ended. A call in flight ends at the API.',
    responses: answers({ 200: 'CallSummary' }, [404, 409, 503]),
  },
  describeApi: {
    summary: 'This document.',
    responses: { 200: { description: 'OpenAPI', content: { 'application/json': { schema: {} } } } },
  },
};

const ID = parameter(
  'id',
  'path',
  { type: 'string', pattern: '^[A-Za-z0-9_-]{1,80}$' },
  'as POST /calls returned it',
);

function pathsOf(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, { method, path }] of Object.entries(INTAKE_ROUTES)) {
    const shared = path.includes('{id}') ? { parameters: [ID] } : {};
    paths[path] = {
      ...shared,
      ...paths[path],
      [method.toLowerCase()]: { operationId, ...OPERATIONS[operationId as IntakeOperation] },
    };
  }
  return paths;
}

function wellKnown(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}
