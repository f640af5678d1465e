import type { OrchestratorConfigInput } from '../../lambdas/core/config/orchestrator-config.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { faultsOf } from '../support/faults-of.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { statementsOf } from './support/policies.js';
import { resolved, templateOf } from './support/synthesized.js';

function ofSecrets(more: Partial<OrchestratorConfigInput>) {
  return statementsOf(templateOf(aLegacyApi(more)))
    .filter(({ actions }) => actions.some((action) => /^(secretsmanager|kms):/.test(action)))
    .flatMap(({ actions, resource, condition }) =>
      [resource].flat().map((one) => [actions.join(), resolved(one), ...(condition ? [condition] : [])]),
    );
}

const ARN = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:erp/api-AbCdEf';
const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1234';

describe('the worker', () => {
  it('may read no secret where its configuration names none', () => {
    expect(ofSecrets({})).toEqual([]);
  });

  it('may read the secrets that its configuration names, and no other', () => {
    const more = {
      credentials: { kind: 'bearer', secret: 'erp/token' },
      clientCertificate: { secret: ARN },
    } as const;

    expect(ofSecrets(more)).toEqual([
      ['secretsmanager:GetSecretValue', ARN],
      [
        'secretsmanager:GetSecretValue',
        'arn:aws:secretsmanager:AWS::Region:AWS::AccountId:secret:erp/token-??????',
      ],
    ]);
  });

  it('may decrypt with the key of a secret, through Secrets Manager alone', () => {
    expect(ofSecrets({ credentials: { kind: 'bearer', secret: ARN, kmsKeyArn: KEY } })).toEqual([
      ['secretsmanager:GetSecretValue', ARN],
      [
        'kms:Decrypt',
        KEY,
        { StringEquals: { 'kms:ViaService': { 'Fn::Join': expect.anything() as unknown } } },
      ],
    ]);
  });
});

describe('credentials that do not fit', () => {
  it.each<[object, RegExp]>([
    [{ kind: 'basic' }, /^credentials.secret: missing; add it$/],
    [
      { kind: 'digest', secret: 's' },
      /^credentials.kind: expected one of basic, bearer, apiKey, oauth2 but got "digest"$/,
    ],
    [{ kind: 'apiKey', secret: 's' }, /^credentials.header: missing; add it$/],
    [{ kind: 'basic', secret: 's', header: 'x' }, /^credentials.header: unknown field; /],
    [{ kind: 'oauth2', secret: 's' }, /^credentials.tokenUrl: missing; add it$/],
    [
      { kind: 'oauth2', secret: 's', tokenUrl: 'http://login.example.com' },
      /^credentials.tokenUrl: expected an https:/,
    ],
    [
      { kind: 'bearer', secret: 'arn:aws:sns:x' },
      /^credentials.secret: expected the name of a secret, or its whole ARN/,
    ],
    [{ kind: 'bearer', secret: 'hunter2 !' }, /^credentials.secret: expected the name of a secret/],
    [
      { kind: 'bearer', secret: 's', kmsKeyArn: 'alias/x' },
      /^credentials.kmsKeyArn: expected the ARN of a KMS key/,
    ],
  ])('are refused: %j', (credentials, fault) => {
    const input = { ...aLegacyApi(), credentials };

    expect(faultsOf(() => parseConfig(input))).toEqual([expect.stringMatching(fault)]);
  });
});
