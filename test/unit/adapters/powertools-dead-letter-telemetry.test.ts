import { Logger } from '@aws-lambda-powertools/logger';
import { PowertoolsDeadLetterTelemetry } from '../../../lambdas/adapters/powertools-dead-letter-telemetry.js';
import { captureLines } from '../../support/capture-lines.js';

const captured = captureLines();
const CALL = { priority: 'HIGH', callId: 'call-1', operation: 'getOrder', execution: 'arn' } as const;
const PARKED = { kind: 'parked', error: 'Orchestrator.DeadLettered', receiveCount: 21, call: CALL } as const;

function written(): readonly Record<string, unknown>[] {
  return captured.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('PowertoolsDeadLetterTelemetry', () => {
  it('counts dead letters, and by themselves those for which nobody waited', () => {
    const telemetry = new PowertoolsDeadLetterTelemetry(new Logger({ serviceName: 'erp' }), 'erp');

    telemetry.record({ ...PARKED, task: 'failed' });
    telemetry.record({ ...PARKED, task: 'closed' });
    telemetry.flush();

    expect(written()).toContainEqual(
      expect.objectContaining({ service: 'erp', DeadLetters: [1, 1], DeadLettersOfClosedTasks: 1 }),
    );
  });

  it('logs every event with what it is about, and counts no letter that comes back', () => {
    const telemetry = new PowertoolsDeadLetterTelemetry(new Logger({ serviceName: 'erp' }), 'erp');

    telemetry.record({ kind: 'postponed', delayMs: 7, why: 'mayBeRunning' });
    telemetry.record({ kind: 'problem', reason: 'TimeoutError' });
    telemetry.flush();

    expect(written()).toEqual([
      expect.objectContaining({ level: 'WARN', message: 'postponed', delayMs: 7, why: 'mayBeRunning' }),
      expect.objectContaining({ level: 'WARN', message: 'problem', reason: 'TimeoutError' }),
    ]);
  });
});
