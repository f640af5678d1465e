import { type EventBus, type EventPattern, isPrefix, type Target } from '../aws/event-bus.js';
import type { DeployedQueue } from './queue-kind.js';
import type { Deploy } from './resource-kinds.js';
import { Properties } from './properties.js';
import { UnsupportedTemplateError } from './template.js';

const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

export interface RuleKindOptions {
  readonly bus: EventBus;
  readonly queueByArn: (arn: string) => DeployedQueue | undefined;
  readonly send: (queueUrl: string, body: string) => Promise<void>;
}

/** AWS::Events::Rule with a pattern or a rate, onto queues, with a constant input or the event itself. */
export function ruleKind({ bus, queueByArn, send }: RuleKindOptions): Deploy {
  return ({ logicalId, properties }) => {
    const targets = properties.list('Targets').map((target, index): Target => {
      const entry = new Properties(`${logicalId}.Targets[${index}]`, {
        ...(target as Record<string, unknown>),
      });
      const queue = queueByArn(entry.requiredText('Arn'));
      const input = entry.text('Input');
      // Delivery here never fails for a reason that a retry would mend, or that would fill a dead-letter queue.
      entry.inert('Id', 'RetryPolicy', 'DeadLetterConfig');
      entry.refuseUnread();
      if (queue === undefined)
        throw new UnsupportedTemplateError([
          `${logicalId}: only queues of this template are emulated as targets`,
        ]);
      return (event) => send(queue.url, input === undefined ? JSON.stringify(event) : plainText(input));
    });
    const pattern = properties.record('EventPattern');
    refuseContentFilters(logicalId, pattern);
    const busName = properties.text('EventBusName');
    const rate = properties.text('ScheduleExpression');
    const enabled = properties.text('State') !== 'DISABLED';
    properties.inert('Description', 'Name');
    if (enabled) {
      bus.addRule({
        name: logicalId,
        ...(busName === undefined ? {} : { busName }),
        pattern: Object.keys(pattern).length === 0 ? undefined : (pattern as EventPattern),
        everyMs: rate === undefined ? undefined : rateMs(logicalId, rate),
        targets,
      });
    }
    return Promise.resolve({ ref: logicalId, attributes: { Arn: `arn:aws:events:::rule/${logicalId}` } });
  };
}

/** Ranges and the like stand as objects among the accepted values; only exact values and prefixes are matched here. */
function refuseContentFilters(of: string, pattern: Readonly<Record<string, unknown>>): void {
  for (const [field, allowed] of Object.entries(pattern)) {
    const filters = Array.isArray(allowed) ? (allowed as unknown[]).filter(isFilter) : [];
    const [filter] = filters;
    if (filter !== undefined)
      throw new UnsupportedTemplateError([
        `${of}: pattern ${JSON.stringify(filter)} for ${field} is not emulated; exact values and prefixes are`,
      ]);
    if (isObject(allowed) && !Array.isArray(allowed)) refuseContentFilters(of, allowed);
  }
}

function isFilter(allowed: unknown): boolean {
  return isObject(allowed) && !isPrefix(allowed);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function rateMs(logicalId: string, expression: string): number {
  const match = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  const unitMs = UNIT_MS[match?.[2] ?? ''];
  if (unitMs === undefined)
    throw new UnsupportedTemplateError([
      `${logicalId}: schedule ${expression} is not emulated; rate(...) is`,
    ]);
  return Number(match?.[1]) * unitMs;
}

/** EventBridge delivers a constant input that is one JSON text without its quotes. */
function plainText(input: string): string {
  const value: unknown = JSON.parse(input);
  return typeof value === 'string' ? value : input;
}
