import { aLegacyApi } from './support/a-legacy-api.js';
import { alarmsOf } from './support/named-metrics.js';
import { policiesOf } from './support/policies.js';
import { templateOf } from './support/synthesized.js';

const ERP = aLegacyApi({ name: 'erp' });

const MAIL = aLegacyApi({
  name: 'mail',
  baseUrl: 'https://mail.example.com',
  limits: [{ calls: 2, windowMs: 20_000 }],
  slots: 2,
  credentials: { kind: 'bearer', secret: 'mail/token' },
});

describe('two APIs in one stack', () => {
  const template = templateOf(ERP, MAIL);
  const alone = templateOf(ERP);

  it('have everything of their own: twice as much of each resource as one has', () => {
    for (const type of [
      'AWS::SQS::Queue',
      'AWS::StepFunctions::StateMachine',
      'AWS::CloudWatch::Alarm',
      'AWS::Lambda::Function',
    ])
      expect([type, Object.keys(template.findResources(type)).length]).toEqual([
        type,
        2 * Object.keys(alone.findResources(type)).length,
      ]);
  });

  it.each([
    ['erp', 5],
    ['mail', 2],
  ])('keep their own limits: %s has %d slots', (name, slots) => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      Description: `Calls ${name}, ${slots} calls at a time at most, the most urgent first`,
      ReservedConcurrentExecutions: slots,
    });
  });

  it('share no name of an alarm, and no output', () => {
    const names = [...alarmsOf(template).values()].map(({ AlarmName }) => AlarmName);
    const outputs = Object.keys(template.findOutputs('*'));

    expect(new Set(names).size).toBe(names.length);
    for (const prefix of ['Erp', 'Mail'])
      expect(outputs.filter((output) => output === `${prefix}StateMachineArn`)).toHaveLength(1);
  });

  it('show nobody else’s credentials: one worker may read the one secret', () => {
    const readers = policiesOf(template)
      .filter(({ statements }) => JSON.stringify(statements).includes('secretsmanager:'))
      .flatMap(({ roles }) => roles);

    expect(readers).toEqual([expect.stringMatching(/^MailWorker/)]);
  });
});
