import type { Template } from '../jsonata/template.js';
import type { MapState, ParallelState } from './definition.js';
import { Fields } from './fields.js';
import { isCount, parseDistributedMap } from './parse-distributed-map.js';
import type { StateContext } from './state-context.js';

type ParallelFields = Pick<ParallelState, 'arguments' | 'branches'>;
type MapFields = Pick<
  MapState,
  'items' | 'itemSelector' | 'concurrencyMax' | 'itemProcessor' | 'distributed'
>;

export function parseParallel(fields: Fields, context: StateContext): ParallelFields {
  const sources = fields.array('Branches');
  if (fields.has('Branches') && sources.length === 0) fields.fault('Branches', "field 'Branches' is empty");
  const branches = sources.map((source, index) => {
    const branch = new Fields(source, `${fields.path}/Branches/${index}`, fields.checking, [
      'Comment',
      'StartAt',
      'States',
    ]);
    return context.parseStateList(branch, context.queryLanguage);
  });
  return { arguments: fields.template('Arguments'), branches };
}

export function parseMap(fields: Fields, context: StateContext): MapFields {
  if (!fields.has('ItemProcessor')) fields.fault('ItemProcessor', "field 'ItemProcessor' is required");
  const known = ['Comment', 'ProcessorConfig', 'StartAt', 'States'];
  const processor = new Fields(
    fields.raw('ItemProcessor') ?? {},
    `${fields.path}/ItemProcessor`,
    fields.checking,
    known,
  );
  checkProcessorConfig(processor);
  return {
    items: parseItems(fields),
    itemSelector: fields.template('ItemSelector'),
    concurrencyMax: fields.templateOf('MaxConcurrency', isCount, 'an integer of at least 0'),
    itemProcessor: fields.has('ItemProcessor')
      ? context.parseStateList(processor, context.queryLanguage)
      : { startAt: '', states: new Map() },
    distributed: parseDistributedMap(fields, context.name),
  };
}

function parseItems(fields: Fields): Template | undefined {
  const items = fields.template('Items');
  if (items?.kind === 'object' || (items?.kind === 'literal' && !Array.isArray(items.value))) {
    fields.fault('Items', "field 'Items' must be an array or a JSONata expression");
  }
  return items;
}

function checkProcessorConfig(processor: Fields): void {
  if (!processor.has('ProcessorConfig')) return;
  const path = `${processor.path}/ProcessorConfig`;
  const mode = (processor.raw('ProcessorConfig') as { Mode?: unknown } | null)?.Mode;
  const known = mode === 'DISTRIBUTED' ? ['Mode', 'ExecutionType'] : ['Mode'];
  const config = new Fields(processor.raw('ProcessorConfig'), path, processor.checking, known);
  if (config.has('Mode') && mode !== 'INLINE' && mode !== 'DISTRIBUTED') {
    config.fault('Mode', `processor mode ${JSON.stringify(mode)} is not supported`);
  }
  const type = config.optionalString('ExecutionType');
  if (mode === 'DISTRIBUTED' && type !== 'STANDARD') {
    const given = type === undefined ? 'none' : `'${type}'`;
    config.fault('ExecutionType', `execution type ${given} is not supported, only 'STANDARD'`);
  }
}
