import type { Json } from '../json.js';
import type { Template } from '../jsonata/template.js';
import type { TaskResource, TaskState } from './definition.js';
import type { Fields } from './fields.js';

type TaskFields = Pick<TaskState, 'resource' | 'arguments' | 'timeoutSeconds' | 'heartbeatSeconds'>;

const secondsMax = 99_999_999;

export function parseTask(fields: Fields): TaskFields {
  const timeoutSeconds = fields.templateOf('TimeoutSeconds', isSeconds, `an integer from 1 to ${secondsMax}`);
  const heartbeatSeconds = fields.templateOf(
    'HeartbeatSeconds',
    isSeconds,
    `an integer from 1 to ${secondsMax}`,
  );
  const [timeout, heartbeat] = [literalOf(timeoutSeconds), literalOf(heartbeatSeconds)];
  if (timeout !== undefined && heartbeat !== undefined && heartbeat >= timeout) {
    fields.fault('HeartbeatSeconds', "field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'");
  }
  return {
    resource: parseResource(fields),
    arguments: fields.template('Arguments'),
    timeoutSeconds,
    heartbeatSeconds,
  };
}

/** Seconds of a timeout or heartbeat, as a definition or an expression may give them. */
export function isSeconds(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= secondsMax;
}

export const startExecutionResource = 'arn:aws:states:::states:startExecution';

const suffix = /\.(sync:2|sync|waitForTaskToken)$/;

function parseResource(fields: Fields): TaskResource {
  const resource = fields.requiredString('Resource');
  const pattern = suffix.exec(resource)?.[1] ?? 'requestResponse';
  const integration = resource.replace(suffix, '');
  const [, service = integration, action = ''] = /^arn:aws:states:::(.+):([^:]+)$/.exec(integration) ?? [];
  const known = integration === startExecutionResource || fields.checking.integrations.has(integration);
  const runs = pattern === 'sync:2' ? integration === startExecutionResource : pattern !== 'sync';
  if (resource !== '' && !(known && runs)) {
    const supported = [...fields.checking.integrations, startExecutionResource].join(', ');
    fields.fault(
      'Resource',
      `resource '${resource}' is not supported; supported: ${supported}, without or with .waitForTaskToken`,
    );
  }
  return {
    integration,
    pattern: pattern === 'sync:2' || pattern === 'waitForTaskToken' ? pattern : 'requestResponse',
    historyResource: pattern === 'requestResponse' ? action : `${action}.${pattern}`,
    historyResourceType: service,
  };
}

function literalOf(template: Template | undefined): number | undefined {
  return template?.kind === 'literal' && isSeconds(template.value) ? template.value : undefined;
}
