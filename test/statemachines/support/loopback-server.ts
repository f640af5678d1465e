import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { StepFunctions } from '../../../local/aws/step-functions/step-functions.js';

/** The stand-in behind HTTP on a free port of this machine. */
export class LoopbackServer {
  readonly #server: Server;

  constructor(stepFunctions: StepFunctions) {
    this.#server = createServer((request, response) => {
      void text(request).then(async (requestBody) => {
        const target = String(request.headers['x-amz-target']);
        const { status, body } = await stepFunctions.handle(target, JSON.parse(requestBody));
        response
          .writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(body));
      });
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
