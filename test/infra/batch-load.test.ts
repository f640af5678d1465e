import { Validations } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { batchLoadDefinition } from '../../infra/batch-load-definition.js';
import { rateLimitedCallDefinition } from '../../infra/rate-limited-call.js';
import { buildApp } from '../../infra/build-app.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { statementsOf } from './support/policies.js';
import { resolved, templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

type States = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface Definition {
  readonly StartAt: string;
  readonly States: States;
}

/** What the roles whose names begin so may do with what, but for logs and traces. */
function allowed(template: Template, role: RegExp): readonly (readonly [string, readonly string[]])[] {
  return statementsOf(template, role)
    .map(({ actions, resource }) => {
      const resources = Array.isArray(resource) ? (resource as readonly unknown[]) : [resource];
      return [
        actions.join(' '),
        resources.map((one) => resolved(one).replace(/[0-9A-F]{8}\b/g, '')),
      ] as const;
    })
    .filter(([action]) => !/^(logs|xray):/.test(action));
}

describe('a batch load', () => {
  const template = templateOf(aLegacyApi({ batchLoad: {} }));
  const config = parseConfig(aLegacyApi());
  const definition = JSON.parse(batchLoadDefinition(config)) as Definition;

  it('exists only where the configuration asks for it', () => {
    expect(templateOf(aLegacyApi()).findResources('AWS::S3::Bucket')).toEqual({});
  });

  it('passes the checks of AWS Solutions and of CloudFormation itself', () => {
    const context = { ...WITHOUT_BUNDLES, orchestrators: [aLegacyApi({ batchLoad: {} })] };
    const app = buildApp({ context, validate: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('keeps files and results encrypted, to itself, over TLS, for thirty days', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: 'Enabled',
            ExpirationInDays: 30,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          },
        ],
      },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });

  it('uses your bucket where you bring one', () => {
    const own = templateOf(aLegacyApi({ batchLoad: { bucketName: 'orders-of-the-night' } }));

    own.resourceCountIs('AWS::S3::Bucket', 0);
    expect(allowed(own, /^LegacyApiBatchRole/)).toContainEqual([
      's3:GetObject',
      ['arn:aws:s3:::orders-of-the-night/*'],
    ]);
  });

  it('may read files, write results, send BATCH calls, run its own items, and nothing else', () => {
    const executions = 'arn:aws:states:AWS::Region:AWS::AccountId:execution:LegacyApiBatch.Name/*';
    const runs = executions.replace(':execution:', ':mapRun:');

    expect(allowed(template, /^LegacyApiBatchRole/)).toEqual([
      ['sqs:SendMessage', ['LegacyApiQueuesBATCH.Arn']],
      ['s3:GetObject', ['LegacyApiBatchBucket.Arn/*']],
      [
        's3:AbortMultipartUpload s3:ListMultipartUploadParts s3:PutObject',
        ['LegacyApiBatchBucket.Arn/results/*'],
      ],
      ['states:StartExecution', ['LegacyApiBatch']],
      ['states:DescribeExecution states:RedriveExecution states:StopExecution', [executions]],
      ['states:DescribeMapRun', [runs]],
    ]);
  });

  it.each([/^LegacyApiWorkerRole/, /^LegacyApiDeadLettersRole/])(
    'lets %s end the tasks of its items, which belong to its Maps',
    (role) => {
      const tasks = allowed(template, role).filter(([action]) => action.includes('states:SendTaskSuccess'));

      expect(tasks.map(([, resources]) => resources)).toContainEqual(['LegacyApiBatch/*', 'LegacyApiBatch']);
      expect(tasks.map(([, resources]) => resources)).toContainEqual(['LegacyApiCall']);
    },
  );

  it.each(['Items', 'CSV', 'JSONL'])(
    'serves an item of %s exactly as rate-limited-call serves a call',
    (map) => {
      const { ItemProcessor } = definition.States[map] as unknown as { readonly ItemProcessor: Definition };
      const suffix = ` (${map})`;

      const { StartAt, States } = JSON.parse(
        JSON.stringify(ItemProcessor).replaceAll(suffix, ''),
      ) as Definition;

      const call = JSON.parse(rateLimitedCallDefinition(config)) as Definition;
      expect({ StartAt, States }).toEqual({ StartAt: call.StartAt, States: call.States });
      expect(
        Object.keys(ItemProcessor.States).every((name) => name.endsWith(suffix) && name.length <= 80),
      ).toBe(true);
    },
  );

  it.each([
    [1, 100],
    [20, 400],
    [900, 1_000],
  ])('lets as many calls of %i slots wait at once as keep them busy: %i', (slots, most) => {
    const { States } = JSON.parse(
      batchLoadDefinition(parseConfig(aLegacyApi({ slots, limits: [] }))),
    ) as Definition;

    expect(States['CSV']?.['MaxConcurrency']).toContain(`: ${most} %}`);
  });
});
