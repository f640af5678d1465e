import { CallBook } from './call-book.js';
import { forwardCall } from './forward-call.js';
import { listenHttp } from './http-listener.js';
import { Judge } from './judge.js';
import type { JudgedApi, JudgedApiOptions } from './judged-api.js';
import { connectUpstream } from './upstream.js';

export interface LegacyApiForwarderOptions extends Omit<JudgedApiOptions, 'port'> {
  /** http or https; its path, if any, is put before every call's. Own certificates: `NODE_EXTRA_CA_CERTS`. */
  readonly upstreamUrl: string;
  /** @default - any free port */
  readonly port?: number | undefined;
}

/**
 * Puts the judge in front of somebody else's API: forwards every call unchanged, refuses none, keeps the same book.
 *
 * 429s are those the upstream answered. A call counts as executed unless that is ruled out: by a 4xx, or because it
 * got no connection or was not sent whole. One whose connection broke afterwards may have been executed, so it counts.
 */
export async function startLegacyApiForwarder(options: LegacyApiForwarderOptions): Promise<JudgedApi> {
  const judge = new Judge(options);
  const book = new CallBook(judge, options.onCall);
  const upstream = connectUpstream(options.upstreamUrl);
  const services = { judge, book, upstream };
  const listener = await listenHttp(options.port ?? 0, (request, response) => {
    forwardCall(services, request, response);
  });

  return {
    url: listener.url,
    figures: () => judge.figures(),
    calls: () => book.calls(),
    setLimits: (limits) => judge.setLimits(limits),
    stop: async () => {
      await listener.stop();
      upstream.close();
    },
  };
}
