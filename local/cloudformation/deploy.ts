import { LOCAL_ACCOUNT_ID, LOCAL_PARTITION, LOCAL_REGION } from '../aws/account.js';
import { Properties } from './properties.js';
import { type Deploy, type Deployed, INERT_TYPES, inert } from './resource-kinds.js';
import { type References, resolve } from './resolve.js';
import { type Template, UnsupportedTemplateError } from './template.js';

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Region': LOCAL_REGION,
  'AWS::AccountId': LOCAL_ACCOUNT_ID,
  'AWS::Partition': LOCAL_PARTITION,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
  'AWS::StackId': `arn:aws:cloudformation:${LOCAL_REGION}:${LOCAL_ACCOUNT_ID}:stack/local/0`,
};

/**
 * Stands up every resource of a template, each after those it refers to, and returns the outputs.
 *
 * A resource type that is neither deployable nor known to be inert is refused by name before anything starts.
 */
export async function deploy(
  template: Template,
  kinds: Readonly<Record<string, Deploy>>,
): Promise<Readonly<Record<string, string>>> {
  refuseUnknownTypes(template, kinds);
  const deployed = new Map<string, Promise<Deployed>>();
  const deployOnce = (logicalId: string): Promise<Deployed> => {
    const known = deployed.get(logicalId);
    if (known !== undefined) return known;
    const started = deployResource(logicalId, template, kinds, references);
    deployed.set(logicalId, started);
    return started;
  };
  const references: References = {
    pseudo: PSEUDO_PARAMETERS,
    ref: async (logicalId) => (await deployOnce(logicalId)).ref,
    attribute: async (logicalId, name) => {
      const value = (await deployOnce(logicalId)).attributes[name];
      if (value === undefined)
        throw new UnsupportedTemplateError([`${logicalId}: attribute ${name} is not emulated`]);
      return value;
    },
  };
  for (const logicalId of Object.keys(template.Resources)) await deployOnce(logicalId);
  const outputs = Object.entries(template.Outputs ?? {}).map(
    async ([name, { Value }]) => [name, String(await resolve(Value, references))] as const,
  );
  return Object.fromEntries(await Promise.all(outputs));
}

async function deployResource(
  logicalId: string,
  template: Template,
  kinds: Readonly<Record<string, Deploy>>,
  references: References,
): Promise<Deployed> {
  const resource = template.Resources[logicalId];
  if (resource === undefined)
    throw new UnsupportedTemplateError([`${logicalId}: no such parameter or resource`]);
  const deployKind = kinds[resource.Type];
  if (deployKind === undefined) return inert({ logicalId, properties: new Properties(logicalId, {}) });
  const values = (await resolve(resource.Properties ?? {}, references)) as Record<string, unknown>;
  const properties = new Properties(`${logicalId} (${resource.Type})`, values);
  const result = await deployKind({ logicalId, properties });
  properties.refuseUnread();
  return result;
}

function refuseUnknownTypes(template: Template, kinds: Readonly<Record<string, Deploy>>): void {
  const faults = Object.entries(template.Resources)
    .filter(([, { Type }]) => !(Type in kinds) && !(Type in INERT_TYPES))
    .map(([logicalId, { Type }]) => `${logicalId}: resource type ${Type} is not emulated`);
  if (faults.length > 0) throw new UnsupportedTemplateError(faults);
}
