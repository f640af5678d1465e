import type { AddressInfo } from 'node:net';
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { LOCAL_REGION } from './account.js';
import { listening, LOOPBACK } from './json-http.js';

/** DynamoDB: dynalite, in memory, on a port of its own, reached only through the gateway. */
export interface TableService {
  readonly port: number;
  createTable(definition: CreateTableCommandInput): Promise<void>;
  stop(): Promise<void>;
}

export async function startTableService(): Promise<TableService> {
  const server = dynalite({ createTableMs: 0 });
  await listening(server, 0);
  const { port } = server.address() as AddressInfo;
  const client = new DynamoDBClient({
    endpoint: `http://${LOOPBACK}:${port}`,
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    port,
    createTable: async (definition) => {
      await client.send(new CreateTableCommand(definition));
    },
    stop: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
