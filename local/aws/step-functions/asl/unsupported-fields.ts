const jsonPathFields = new Set([
  'InputPath',
  'OutputPath',
  'Parameters',
  'Result',
  'ResultPath',
  'ResultSelector',
  'ItemsPath',
  'SecondsPath',
  'TimestampPath',
  'TimeoutSecondsPath',
  'HeartbeatSecondsPath',
  'MaxConcurrencyPath',
  'ErrorPath',
  'CausePath',
  'Variable',
  'And',
  'Or',
  'Not',
]);

/** Why a field is refused: what it belongs to, if it is one that Step Functions knows. */
export function refusalOfField(name: string): string {
  if (jsonPathFields.has(name)) return `field '${name}' belongs to JSONPath, and only JSONata is supported`;
  if (name === 'ItemBatcher') return `field 'ItemBatcher' is not supported: each item has its execution`;
  if (name === 'Iterator') return `field 'Iterator' is the old name of 'ItemProcessor', which replaces it`;
  if (name === 'Credentials')
    return `field 'Credentials' is not supported: there are no roles to assume here`;
  return `unknown field '${name}'`;
}
