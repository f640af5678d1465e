import * as v from 'valibot';
import { named, secureUrl } from './schema-parts.js';

const secretEntries = {
  /** In Secrets Manager, in the stack's own account and Region unless an ARN says otherwise. */
  secret: named(
    /^(arn:aws[\w-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+-\w{6}|(?!arn:)[\w/+=.@-]{1,256})$/,
    'the name of a secret, or its whole ARN with the six characters at its end',
  ),
  /** The key that encrypts it, where that is not the account's own for Secrets Manager. */
  kmsKeyArn: v.optional(named(/^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, 'the ARN of a KMS key')),
};

/** What the worker shows to the legacy API in a header. Its secret is JSON with the fields that are named here. */
export const credentialsSchema = v.variant('kind', [
  /** `username` and `password`. */
  v.strictObject({ kind: v.literal('basic'), ...secretEntries }),
  /** `token`, or the whole secret where that is no JSON. */
  v.strictObject({ kind: v.literal('bearer'), ...secretEntries }),
  /** `apiKey`, or the whole secret where that is no JSON. */
  v.strictObject({
    kind: v.literal('apiKey'),
    header: named(/^[A-Za-z0-9-]{1,100}$/, 'the name of a header'),
    ...secretEntries,
  }),
  /** `clientId` and `clientSecret`, for a token by client credentials (RFC 6749, section 4.4). */
  v.strictObject({
    kind: v.literal('oauth2'),
    tokenUrl: secureUrl,
    scope: v.optional(named(/^[\x21\x23-\x5b\x5d-\x7e ]{1,500}$/, 'scopes, separated by spaces')),
    audience: v.optional(named(/^[\x21-\x7e]{1,500}$/, 'an audience without spaces')),
    /** How the client proves itself: in a Basic header, or by fields of the body. */
    clientAuthentication: v.optional(v.picklist(['header', 'body']), 'header'),
    ...secretEntries,
  }),
]);

/** For mutual TLS: `certificate` and `privateKey` in PEM, and if need be `passphrase`, and `ca` for the API's own. */
export const clientCertificateSchema = v.strictObject(secretEntries);

export type CredentialsConfig = Readonly<v.InferOutput<typeof credentialsSchema>>;

export type SecretConfig = Readonly<v.InferOutput<typeof clientCertificateSchema>>;
