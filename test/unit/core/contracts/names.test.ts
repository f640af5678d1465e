import {
  DEAD_LETTER_ENVIRONMENT,
  EVENTS_ENVIRONMENT,
  queueUrlVariable,
  RESULTS_BUCKET_VARIABLE,
  WORKER_ENVIRONMENT,
} from '../../../../lambdas/core/contracts/environment.js';
import {
  CALLER_CANCELLED,
  IDEMPOTENCY_HEADER,
  INTAKE_ROUTES,
  routeKeyOf,
} from '../../../../lambdas/core/contracts/intake-api.js';
import {
  DIMENSIONS,
  INTAKE_METRICS,
  METRIC_NAMESPACE,
  METRICS,
} from '../../../../lambdas/core/contracts/metrics.js';
import { RESULT_KEY_PREFIX } from '../../../../lambdas/core/contracts/offloaded-result.js';
import { PARKED_ATTRIBUTES } from '../../../../lambdas/core/contracts/parked-message.js';
import { byPriority, DEFAULT_PRIORITY, PRIORITIES } from '../../../../lambdas/core/contracts/priority.js';
import { TABLE, TABLE_KEYS } from '../../../../lambdas/core/contracts/table.js';
import { TASK_ERRORS } from '../../../../lambdas/core/contracts/task-errors.js';

/** Whoever changes one of these breaks what others have deployed, stored or written down. */
describe('the names that others rely on', () => {
  it('are of the errors that workflows catch', () => {
    expect(Object.values(TASK_ERRORS)).toEqual([
      'LegacyApi.Unavailable',
      'LegacyApi.OutcomeUnknown',
      'LegacyApi.Rejected',
      'LegacyApi.ResponseTooLarge',
      'LegacyApi.ResponseRefused',
      'Orchestrator.InvalidRequest',
      'Orchestrator.DeadlineExceeded',
      'Orchestrator.DeadLettered',
    ]);
  });

  it('are of the intake, and of where large results are', () => {
    expect(Object.values(INTAKE_ROUTES).map(routeKeyOf)).toEqual([
      'POST /calls',
      'GET /calls',
      'POST /calls/batch',
      'GET /calls/{id}',
      'PATCH /calls/{id}',
      'DELETE /calls/{id}',
      'GET /openapi.json',
    ]);
    expect([IDEMPOTENCY_HEADER, CALLER_CANCELLED]).toEqual(['idempotency-key', 'Caller.Cancelled']);
    expect([RESULTS_BUCKET_VARIABLE, RESULT_KEY_PREFIX]).toEqual(['RESULTS_BUCKET', 'results/']);
    expect(INTAKE_METRICS.map(({ name }) => name)).toEqual(['CallsTaken', 'CallsTurnedAway']);
  });

  it('are of the classes, most urgent first', () => {
    expect(DEFAULT_PRIORITY).toBe('NORMAL');
    expect(PRIORITIES).toEqual(['HIGH', 'NORMAL', 'BATCH']);
    expect(byPriority((priority) => priority)).toEqual({ HIGH: 'HIGH', NORMAL: 'NORMAL', BATCH: 'BATCH' });
  });

  it('are of the metrics that alarms and dashboards read', () => {
    expect(METRIC_NAMESPACE).toBe('RateLimitedOrchestrator');
    expect(DIMENSIONS).toEqual({ api: 'service', priority: 'Priority' });
    expect(
      Object.values(METRICS).map(({ name, unit, dimensions }) => `${name} ${unit} ${dimensions.join()}`),
    ).toEqual([
      'AgeAtStart Milliseconds service,Priority',
      'ServiceTime Milliseconds service,Priority',
      'CallsStarted Count service,Priority',
      'CallsSucceeded Count service,Priority',
      'CallsRejected Count service,Priority',
      'CallsUnavailable Count service,Priority',
      'CallsOutcomeUnknown Count service,Priority',
      'CallsResponseTooLarge Count service,Priority',
      'CallsThrottled Count service,Priority',
      'TasksAbandoned Count service,Priority',
      'LateResults Count service,Priority',
      'Deferrals Count service,Priority',
      'CallsAnsweredByLedger Count service,Priority',
      'ResultsRefused Count service,Priority',
      'ClassPaused None service,Priority',
      'MessagesMalformed Count service,Priority',
      'CallsTaken Count service,Priority',
      'CallsTurnedAway Count service,Priority',
      'DeadLetters Count service',
      'DeadLettersOfClosedTasks Count service',
      'BellsRung Count service',
      'SlotsStarted Count service',
      'CrashWaits Count service',
      'GateClosings Count service',
      'RateRatio None service',
      'BreakerOpenings Count service',
      'Probes Count service',
      'BreakerClosings Count service',
      'GateClosed None service',
      'BreakerOpen None service',
      'QuotaSpent Count service',
      'ControlAge Milliseconds service',
      'Problems Count service',
      'CallbackRetries Count service',
    ]);
  });

  it('are of the items in a table that outlives every release', () => {
    expect(TABLE).toEqual({ partitionKey: 'pk', sortKey: 'sk', timeToLive: 'expiresAtSeconds' });
    expect(TABLE_KEYS.control('erp')).toEqual({ pk: 'control#erp', sk: 'control' });
    expect(TABLE_KEYS.quotaBook('erp')).toEqual({ pk: 'quota#erp', sk: 'book' });
    expect(TABLE_KEYS.slot('erp', 'slot-1')).toEqual({ pk: 'slots#erp', sk: 'slot-1' });
    expect(TABLE_KEYS.call('erp', { operation: 'bookOrder', idempotencyKey: 'booking-7' })).toEqual({
      pk: 'call#erp#bookOrder',
      sk: 'booking-7',
    });
  });

  it('are of the attributes by which people read why a message is parked', () => {
    expect(PARKED_ATTRIBUTES).toEqual({
      reason: 'Reason',
      error: 'Error',
      task: 'Task',
      receiveCount: 'ReceiveCount',
      enqueuedAt: 'EnqueuedAt',
      parkedAt: 'ParkedAt',
    });
  });

  it('are of the environment that infra writes and the worker reads', () => {
    expect(WORKER_ENVIRONMENT).toEqual({
      config: 'ORCHESTRATOR_CONFIG',
      tableName: 'TABLE_NAME',
      parkedUrl: 'PARKED_URL',
      doorbellUrl: 'DOORBELL_URL',
    });
    expect(DEAD_LETTER_ENVIRONMENT).toEqual({
      config: 'ORCHESTRATOR_CONFIG',
      tableName: 'TABLE_NAME',
      parkedUrl: 'PARKED_URL',
      deadLetterUrl: 'DEAD_LETTER_URL',
    });
    expect(EVENTS_ENVIRONMENT).toEqual({
      config: 'ORCHESTRATOR_CONFIG',
      stateMachineArn: 'STATE_MACHINE_ARN',
    });
    expect(PRIORITIES.map(queueUrlVariable)).toEqual([
      'QUEUE_URL_HIGH',
      'QUEUE_URL_NORMAL',
      'QUEUE_URL_BATCH',
    ]);
  });
});
