/** The public surface of the client: `import { OrchestratorClient } from 'rate-limited-orchestrator/client'`. */
export type { CallStatus } from './call-status.js';
export type {
  AnyOperations,
  Call,
  CallReference,
  KeyedCall,
  OperationsOf,
  OperationTypes,
  StartedCall,
} from './calls.js';
export {
  CallConflictError,
  type CallError,
  CallFailedError,
  CallNotFoundError,
  CANCELLED,
  InvalidCallError,
  OrchestratorClientError,
  type Repeat,
  WaitTimeoutError,
} from './errors.js';
export {
  type Abortable,
  OrchestratorClient,
  type OrchestratorClientSettings,
  type WaitOptions,
} from './orchestrator-client.js';
export type { StartManyOptions, StartProgress, StartResult } from './start-many.js';
