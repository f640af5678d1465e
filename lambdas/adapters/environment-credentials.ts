/**
 * Stands in for the AWS SDK's default credential chain in the worker's bundle: Lambda provides credentials in the
 * environment and nowhere else, and the rest of the chain is a fifth of the bundle.
 */
export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';
