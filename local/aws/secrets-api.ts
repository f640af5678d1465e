import { randomUUID } from 'node:crypto';
import { LOCAL_ACCOUNT_ID, LOCAL_REGION } from './account.js';
import type { JsonApi } from './json-http.js';

export const SECRETS_SERVICE = 'secretsmanager';

interface Secret {
  readonly name: string;
  readonly text: string;
  readonly versionId: string;
}

type Answer = Awaited<ReturnType<JsonApi>>;

/** Secrets Manager's API, as far as a secret must be made, rotated and read: CreateSecret, PutSecretValue, GetSecretValue. */
export function secretsApi(): JsonApi {
  const secrets = new Map<string, Secret>();
  const put = (name: string, text: string): Answer => {
    const secret = { name, text, versionId: randomUUID() };
    secrets.set(name, secret);
    return { status: 200, body: described(secret) };
  };
  return (target, body) => {
    const { Name, SecretId, SecretString } = body as Readonly<Record<string, unknown>>;
    const name = nameOf(String(SecretId ?? Name));
    const known = secrets.get(name);
    switch (target) {
      case `${SECRETS_SERVICE}.CreateSecret`:
        if (typeof SecretString !== 'string')
          return refusal('InvalidParameterException', 'SecretString: missing');
        if (known !== undefined)
          return refusal('ResourceExistsException', `the secret ${name} already exists`);
        return Promise.resolve(put(name, SecretString));
      case `${SECRETS_SERVICE}.PutSecretValue`:
        if (typeof SecretString !== 'string')
          return refusal('InvalidParameterException', 'SecretString: missing');
        if (known === undefined) return refusal('ResourceNotFoundException', `there is no secret ${name}`);
        return Promise.resolve(put(name, SecretString));
      case `${SECRETS_SERVICE}.GetSecretValue`:
        if (known === undefined) return refusal('ResourceNotFoundException', `there is no secret ${name}`);
        return Promise.resolve({ status: 200, body: { ...described(known), SecretString: known.text } });
      default:
        return refusal('UnknownOperationException', `the local run does not serve "${target}"`);
    }
  };
}

/** A secret may be named by its ARN, which ends in the name, a hyphen and six characters. */
function nameOf(id: string): string {
  return /^arn:[^:]+:secretsmanager:[^:]*:\d*:secret:(.+)-\w{6}$/.exec(id)?.[1] ?? id;
}

function described({ name, versionId }: Secret) {
  const ARN = `arn:aws:secretsmanager:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:secret:${name}-local0`;
  return { ARN, Name: name, VersionId: versionId };
}

function refusal(__type: string, message: string): Promise<Answer> {
  return Promise.resolve({ status: 400, body: { __type, message } });
}
