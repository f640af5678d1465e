import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';

/** One event bus, for events of one source. */
export class EventBus {
  readonly #events: EventBridgeClient;
  readonly #busName: string;
  readonly #source: string;

  constructor(events: EventBridgeClient, busName: string, source: string) {
    this.#events = events;
    this.#busName = busName;
    this.#source = source;
  }

  /** Throws where the bus does not take the event: PutEvents answers 200 also then. */
  async publish(detailType: string, detail: object): Promise<void> {
    const entry = {
      EventBusName: this.#busName,
      Source: this.#source,
      DetailType: detailType,
      Detail: JSON.stringify(detail),
    };
    const { Entries = [] } = await this.#events.send(new PutEventsCommand({ Entries: [entry] }));
    const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused === undefined) return;
    const error = new Error('the event bus did not take the event');
    error.name = refused.ErrorCode ?? error.name;
    throw error;
  }
}
