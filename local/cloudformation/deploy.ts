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
 * A resource type that is neither deployable nor known to be inert is refused by name before anything starts, as are
 * conditional resources. Resources that refer to each other in a circle are refused when the circle closes.
 */
export async function deploy(
  template: Template,
  kinds: Readonly<Record<string, Deploy>>,
): Promise<Readonly<Record<string, string>>> {
  refuseUnknown(template, kinds);
  const deployed = new Map<string, Deployed>();
  /** Resources that wait for the next one in this list. */
  const waiting: string[] = [];
  const deployOnce = async (logicalId: string): Promise<Deployed> => {
    const known = deployed.get(logicalId);
    if (known !== undefined) return known;
    refuseCircle(waiting, logicalId);
    waiting.push(logicalId);
    const result = await deployResource(logicalId, template, kinds, references);
    waiting.pop();
    deployed.set(logicalId, result);
    return result;
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
  const outputs: Record<string, string> = {};
  for (const [name, { Value }] of Object.entries(template.Outputs ?? {})) {
    outputs[name] = String(await resolve(Value, references));
  }
  return outputs;
}

function refuseCircle(waiting: readonly string[], logicalId: string): void {
  if (!waiting.includes(logicalId)) return;
  const circle = [...waiting.slice(waiting.indexOf(logicalId)), logicalId].join(' -> ');
  throw new UnsupportedTemplateError([`${circle}: these resources refer to each other in a circle`]);
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

function refuseUnknown({ Resources }: Template, kinds: Readonly<Record<string, Deploy>>): void {
  const faults = Object.entries(Resources).flatMap(([logicalId, { Type, Condition }]) => [
    ...(Type in kinds || Type in INERT_TYPES ? [] : [`${logicalId}: resource type ${Type} is not emulated`]),
    ...(Condition === undefined ? [] : [`${logicalId}: condition ${Condition} is not emulated`]),
  ]);
  if (faults.length > 0) throw new UnsupportedTemplateError(faults);
}
