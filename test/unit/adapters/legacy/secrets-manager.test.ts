import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import { SecretsManager } from '../../../../lambdas/adapters/legacy/secrets-manager.js';
import { anAwsError } from '../../../support/an-aws-error.js';

const aws = mockClient(SecretsManagerClient);

beforeEach(() => aws.reset());

afterAll(() => aws.restore());

const asked = () => aws.commandCalls(GetSecretValueCommand).length;

function aSource() {
  const time = { nowMs: 1_000_000 };
  const clock = { nowMs: () => time.nowMs, sleepUntil: () => Promise.resolve() };
  return { time, source: new SecretsManager(new SecretsManagerClient({}), clock) };
}

describe('secrets from Secrets Manager', () => {
  it('are remembered unless they must be fresh', async () => {
    aws.on(GetSecretValueCommand, { SecretId: 'erp' }).resolves({ SecretString: 'one' });
    const { source } = aSource();

    const texts = [await source.read('erp', false), await source.read('erp', false)];
    aws.on(GetSecretValueCommand).resolves({ SecretString: 'two' });

    expect(texts).toEqual(['one', 'one']);
    expect(asked()).toBe(1);
    expect([await source.read('erp', true), await source.read('erp', false)]).toEqual(['two', 'two']);
  });

  it('that are known outlive an outage, during which nobody asks for every call', async () => {
    aws
      .on(GetSecretValueCommand)
      .resolvesOnce({ SecretString: 'one' })
      .rejects(anAwsError('InternalServiceError'));
    const { source, time } = aSource();
    await source.read('erp', false);

    const texts = [await source.read('erp', true), await source.read('erp', true)];
    const askedDuring = asked();
    time.nowMs += 30_000;
    await source.read('erp', true);

    expect(texts).toEqual(['one', 'one']);
    expect([askedDuring, asked()]).toEqual([2, 3]);
  });

  it('that cannot be read are told by their names and that of the error', async () => {
    aws.on(GetSecretValueCommand).rejects(anAwsError('AccessDeniedException', 'cannot show the-secret'));

    await expect(aSource().source.read('erp', false)).rejects.toThrow(
      /^the secret erp cannot be read \(AccessDeniedException\)$/,
    );
  });

  it('must be texts', async () => {
    aws.on(GetSecretValueCommand).resolves({ SecretBinary: Uint8Array.of(1) });

    await expect(aSource().source.read('erp', false)).rejects.toThrow(/^the secret erp is no text$/);
  });
});
