import { Match } from 'aws-cdk-lib/assertions';
import { lanesOf } from '../../lambdas/core/config/tenant-allowance.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { timingsOf } from '../../lambdas/core/config/timings.js';
import { faultsOf } from '../support/faults-of.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { statementsOf } from './support/policies.js';
import { aTeamStack, templateOf } from './support/synthesized.js';

const input = aLegacyApi({
  batchLoad: {},
  intake: {},
  priorities: {
    NORMAL: { tenantAllowance: { calls: 30, windowSeconds: 60 } },
    BATCH: { tenantAllowance: { calls: 60, windowSeconds: 60 } },
  },
});
const config = parseConfig(input);
const template = templateOf(input);

/** Queues on which a role may do this, without the hashes in their logical IDs. */
const queuesFor = (role: RegExp, action: string) =>
  statementsOf(template, role)
    .filter(({ actions }) => actions.includes(action))
    .flatMap(({ resource }) => JSON.stringify(resource).match(/LegacyApiQueues\w+/g) ?? [])
    .map((id) => id.replace(/^LegacyApiQueues|[0-9A-F]{8}$/g, ''))
    .sort();

const ALL = lanesOf(config)
  .map((lane) => lane.replace('_', ''))
  .sort();

describe('an orchestrator with allowances for tenants', () => {
  it('has an overflow for each class that has one, like the queue of that class', () => {
    expect(ALL).toHaveLength(5);
    for (const priority of ['NORMAL', 'BATCH'] as const) {
      const alike = template.findResources('AWS::SQS::Queue', {
        Properties: {
          MessageRetentionPeriod: timingsOf(config).queueRetentionSeconds[priority],
          VisibilityTimeout: timingsOf(config).visibilityTimeoutSeconds,
          SqsManagedSseEnabled: true,
          RedrivePolicy: {
            deadLetterTargetArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLettersQueue'), 'Arn'] },
            maxReceiveCount: config.maxReceiveCount,
          },
        },
      });
      expect(Object.keys(alike)).toHaveLength(2);
    }
  });

  it.each(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'])(
    'lets the worker use %s on all of them',
    (action) => {
      expect(queuesFor(/WorkerRole/, action)).toEqual(ALL);
    },
  );

  it('lets callers send to all of them, batches to the two of BATCH, and the intake look at them', () => {
    expect(queuesFor(/LegacyApiCall.*Role/, 'sqs:SendMessage')).toEqual(ALL);
    expect(queuesFor(/LegacyApiBatch.*Role/, 'sqs:SendMessage')).toEqual(['BATCH', 'BATCHOVERFLOW']);
    expect(queuesFor(/IntakeRole/, 'sqs:GetQueueAttributes')).toEqual(ALL);
  });

  it.each([/LegacyApiCall.*Role/, /LegacyApiBatch.*Role/])(
    'lets %s count tenants in the table, and touch nothing else in it',
    (role) => {
      const ofTable = statementsOf(template, role).filter(({ actions }) =>
        actions.some((action) => action.startsWith('dynamodb:')),
      );

      expect(ofTable).toEqual([
        {
          actions: ['dynamodb:UpdateItem'],
          resource: { 'Fn::GetAtt': [expect.stringMatching(/^LegacyApiTable/), 'Arn'] },
          condition: {
            'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['tenants#legacy-api#*'] },
          },
        },
      ]);
    },
  );

  it('tells the worker and the intake where the overflows are', () => {
    for (const description of [/^Calls legacy-api/, /^Takes calls to legacy-api/]) {
      template.hasResourceProperties('AWS::Lambda::Function', {
        Description: Match.stringLikeRegexp(description.source),
        Environment: {
          Variables: Match.objectLike({
            QUEUE_URL_NORMAL_OVERFLOW: { Ref: Match.stringLikeRegexp('NORMALOVERFLOW') },
            QUEUE_URL_BATCH_OVERFLOW: { Ref: Match.stringLikeRegexp('BATCHOVERFLOW') },
          }),
        },
      });
    }
    expect(Object.keys(template.findOutputs('LegacyApiQueueUrlNormalOverflow'))).toHaveLength(1);
  });

  it('holds the objectives of its classes to their own queues, and sees a standstill in the overflows', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map((alarm) =>
      JSON.stringify(alarm),
    );
    const named = (name: string) => alarms.filter((alarm) => alarm.includes(`-${name}"`)).join();

    expect(named('normal-waits-too-long')).toContain('QueuesNORMAL');
    expect(named('normal-waits-too-long')).not.toContain('OVERFLOW');
    expect(named('no-progress')).not.toContain('OVERFLOW');
    expect(named('no-progress-beyond')).toMatch(/QueuesNORMALOVERFLOW.*QueuesBATCHOVERFLOW/);
  });

  it('shows its overflows beside its queues on the dashboard', () => {
    const [dashboard] = Object.values(template.findResources('AWS::CloudWatch::Dashboard'));

    expect(JSON.stringify(dashboard)).toContain('oldest beyond its allowance');
    expect(JSON.stringify(dashboard)).toContain('waitingBATCH_OVERFLOW + inFlightBATCH_OVERFLOW');
  });

  it('leaves nothing in its state machines to be filled in', () => {
    const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine')) as {
      readonly Properties: { readonly DefinitionString: string; readonly DefinitionSubstitutions: object };
    }[];

    for (const { Properties } of machines) {
      const open = [...Properties.DefinitionString.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
      expect(Object.keys(Properties.DefinitionSubstitutions)).toEqual(expect.arrayContaining(open));
    }
    expect(machines).toHaveLength(2);
  });
});

describe('an allowance that does not fit the limits', () => {
  it('is refused before anything is synthesized', () => {
    const priorities = { NORMAL: { tenantAllowance: { calls: 2_000, windowSeconds: 60 } } };

    expect(faultsOf(() => aTeamStack({ priorities }))).toEqual([
      expect.stringMatching(/^priorities.NORMAL.tenantAllowance: 2000 calls in 60 s exceed the \d+ that/),
    ]);
  });
});

describe('a call in a workflow of its own', () => {
  it('is refused with a tenant where its class has an allowance, because nobody counts it', () => {
    const { stack, orchestrator } = aTeamStack({ priorities: { NORMAL: input.priorities?.NORMAL } });
    const call = (id: string, more: object) =>
      orchestrator.callTask(stack, id, { operation: 'createOrder', ...more });

    expect(faultsOf(() => call('Counted', { tenant: 'acme' }))).toEqual([
      'tenant: nobody counts this call, but NORMAL of legacy-api has a tenantAllowance; start an execution of its stateMachine in place of this call, or leave tenant out',
    ]);
    expect(faultsOf(() => call('Other class', { tenant: 'acme', priority: 'HIGH' }))).toEqual([]);
    expect(faultsOf(() => call('Without', {}))).toEqual([]);
  });
});

describe('an allowance that retires', () => {
  const retiring = { calls: 30, windowSeconds: 60, retiring: true };
  const template = templateOf(aLegacyApi({ priorities: { NORMAL: { tenantAllowance: retiring } } }));

  it('keeps its overflow, which the worker serves', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: Match.stringLikeRegexp('^Calls legacy-api'),
      Environment: {
        Variables: Match.objectLike({
          QUEUE_URL_NORMAL_OVERFLOW: { Ref: Match.stringLikeRegexp('NORMALOVERFLOW') },
        }),
      },
    });
  });

  it('counts nobody, so that nothing is sent there any more', () => {
    const machines = JSON.stringify(template.findResources('AWS::StepFunctions::StateMachine'));

    expect(machines).not.toContain('dynamodb:updateItem');
    expect(machines).not.toContain('$lane');
  });
});
