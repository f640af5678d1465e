import { Validations } from 'aws-cdk-lib';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { buildApp } from '../../infra/build-app.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { templateOf, WITHOUT_BUNDLES } from './support/synthesized.js';

const functionsOf = (template: Template) => JSON.stringify(template.findResources('AWS::Lambda::Function'));

describe('the store of results', () => {
  const template = templateOf(aLegacyApi({ resultOffload: { retentionDays: 7 } }));

  it('exists only where the configuration says so', () => {
    const without = templateOf(aLegacyApi());

    without.resourceCountIs('AWS::S3::Bucket', 0);
    expect(functionsOf(without)).not.toContain('RESULTS_BUCKET');
  });

  it('passes the checks of AWS Solutions and of CloudFormation itself', () => {
    const context = { ...WITHOUT_BUNDLES, orchestrators: [aLegacyApi({ resultOffload: {} })] };
    const app = buildApp({ context, validate: true });
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

    expect(() => app.synth()).not.toThrow();
  });

  it('is encrypted, private, and forgets results when their time is over', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketEncryption: Match.anyValue(),
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      LifecycleConfiguration: {
        Rules: [{ ExpirationInDays: 7, Prefix: 'results/', Status: 'Enabled' }],
      },
    });
  });

  it('is written by the worker, which may read nothing in it', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy'))
      .map(({ Properties }) => JSON.stringify(Properties))
      .filter((policy) => policy.includes('s3:'));

    expect(statements).toHaveLength(1);
    expect(statements[0]).toContain('"s3:PutObject"');
    expect(statements[0]).not.toMatch(/s3:(Get|List|Delete|\*)/);
    expect(statements[0]).toContain('/results/*');
    expect(functionsOf(template)).toContain('RESULTS_BUCKET');
  });
});
