import { DEFAULT_BUS, type EventBus } from './event-bus.js';
import type { JsonApi } from './json-http.js';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html */
const ENTRIES_MAX = 10;

/** EventBridge's API, as far as somebody who puts events needs it: PutEvents. */
export function eventsApi(bus: EventBus): JsonApi {
  return (target, body) => {
    if (target !== 'AWSEvents.PutEvents')
      return Promise.resolve(
        refusal('UnknownOperationException', `the local run does not serve "${target}"`),
      );
    const { Entries } = body as { readonly Entries?: unknown };
    if (!Array.isArray(Entries) || Entries.length === 0 || Entries.length > ENTRIES_MAX)
      return Promise.resolve(
        refusal('ValidationException', `Entries: expected a list of 1 to ${ENTRIES_MAX} events`),
      );
    const results = Entries.map((entry) => put(bus, { ...(entry as object) }));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    return Promise.resolve({ status: 200, body: { FailedEntryCount, Entries: results } });
  };
}

interface Entry {
  readonly EventBusName?: unknown;
  readonly Source?: unknown;
  readonly DetailType?: unknown;
  readonly Detail?: unknown;
  readonly Resources?: unknown;
}

/** As on AWS, one entry that is refused does not keep the others from the bus. */
function put(bus: EventBus, entry: Entry): { readonly EventId: string } | EntryFault {
  const { Source, DetailType, Detail, Resources } = entry;
  // A bus may be named by its ARN, which ends in the name.
  const busName = typeof entry.EventBusName === 'string' ? entry.EventBusName : DEFAULT_BUS;
  const name = busName.startsWith('arn:') ? (busName.split('event-bus/').at(-1) ?? '') : busName;
  if (!bus.has(name)) return fault('ResourceNotFoundException', `Event bus ${name} does not exist.`);
  if (typeof Source !== 'string' || typeof DetailType !== 'string' || typeof Detail !== 'string')
    return fault('InvalidArgument', 'Source, DetailType and Detail are required.');
  if (Source.startsWith('aws.'))
    return fault('NotAuthorizedForSourceException', `Not authorized for the source ${Source}.`);
  const detail = parseObject(Detail);
  if (detail === undefined) return fault('MalformedDetail', 'Detail is malformed.');
  const resources = Array.isArray(Resources) ? Resources.map(String) : [];
  return { EventId: bus.put({ source: Source, 'detail-type': DetailType, detail, resources }, name) };
}

interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

function fault(ErrorCode: string, ErrorMessage: string): EntryFault {
  return { ErrorCode, ErrorMessage };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function refusal(__type: string, message: string) {
  return { status: 400, body: { __type, message } };
}
