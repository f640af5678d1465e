import { type FauxqsServer, startFauxqs } from 'fauxqs';
import { LOCAL_REGION } from './account.js';
import { LOOPBACK } from './json-http.js';

export interface QueueContents {
  readonly visible: number;
  readonly delayed: number;
  readonly inFlight: number;
  /** When the oldest message was sent, in epoch milliseconds; undefined when there is none. */
  readonly oldestSentAtMs: number | undefined;
  /** As `oldestSentAtMs`, of those alone that nobody has received or that were given back. */
  readonly oldestReadySentAtMs: number | undefined;
}

/** SQS: fauxqs on a port of its own, reached only through the gateway. */
export interface QueueService {
  /** Where the gateway forwards to. */
  readonly port: number;
  /** The prefix of the queue URLs that fauxqs issues and accepts; the gateway translates them. */
  readonly urlPrefix: string;
  createQueue(name: string, attributes: Readonly<Record<string, string>>): { readonly queueArn: string };
  contents(queueName: string): QueueContents;
  stop(): Promise<void>;
}

export async function startQueueService(): Promise<QueueService> {
  const server = await startFauxqs({ port: 0, host: LOOPBACK, logger: false, defaultRegion: LOCAL_REGION });
  return {
    port: server.port,
    urlPrefix: urlPrefixOf(server),
    createQueue: (name, attributes) => {
      const { queueArn } = server.createQueue(name, { region: LOCAL_REGION, attributes: { ...attributes } });
      return { queueArn };
    },
    contents: (name) => {
      const queue = server.inspectQueue(name);
      if (queue === undefined) throw new Error(`no queue named ${name}`);
      const { ready, delayed, inflight } = queue.messages;
      const held = inflight.map(({ message }) => message);
      // A message whose visibility has run out is only moved by the next receive, so look at the deadline itself.
      const hidden = inflight.filter(({ visibilityDeadline }) => visibilityDeadline > Date.now()).length;
      return {
        visible: ready.length + inflight.length - hidden,
        delayed: delayed.length,
        inFlight: hidden,
        oldestSentAtMs: oldest([...ready, ...delayed, ...held]),
        oldestReadySentAtMs: oldest(ready),
      };
    },
    stop: () => server.stop(),
  };
}

function oldest(messages: readonly { readonly sentTimestamp: number }[]): number | undefined {
  const [first, ...others] = messages.map(({ sentTimestamp }) => sentTimestamp);
  return first === undefined ? undefined : others.reduce((least, next) => Math.min(least, next), first);
}

/** fauxqs tells the form of its queue URLs only by issuing one. */
function urlPrefixOf(server: FauxqsServer): string {
  const { queueName, queueUrl } = server.createQueue('url-form', { region: LOCAL_REGION });
  server.deleteQueue(queueName, { region: LOCAL_REGION });
  return queueUrl.slice(0, -queueName.length);
}
