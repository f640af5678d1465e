import { deploy } from '../../../local/cloudformation/deploy.js';
import type { Deploy } from '../../../local/cloudformation/resource-kinds.js';
import type { Template } from '../../../local/cloudformation/template.js';

/** Stands up things that have a name and know which others they use. */
function aStage() {
  const stood: string[] = [];
  const thing: Deploy = ({ logicalId, properties }) => {
    properties.inert('Uses');
    properties.group('Settings').inert('Size');
    stood.push(logicalId);
    return Promise.resolve({ ref: `ref-${logicalId}`, attributes: { Arn: `arn-${logicalId}` } });
  };
  const stand = (Resources: Template['Resources'], Outputs: Template['Outputs'] = {}) =>
    deploy({ Resources, Outputs }, { 'Test::Thing': thing });
  return { stood, stand };
}

const aThing = (Properties: Record<string, unknown> = {}) => ({ Type: 'Test::Thing', Properties });

describe('deploy', () => {
  it('stands up each resource once, after those it refers to', async () => {
    const { stood, stand } = aStage();

    await stand({
      First: aThing({ Uses: [{ Ref: 'Third' }, { 'Fn::GetAtt': ['Second', 'Arn'] }] }),
      Second: aThing({ Uses: { Ref: 'Third' } }),
      Third: aThing(),
    });

    expect(stood).toEqual(['Third', 'Second', 'First']);
  });

  it('returns the outputs', async () => {
    const { stand } = aStage();

    const outputs = await stand(
      { Queue: aThing(), Role: { Type: 'AWS::IAM::Role' } },
      {
        QueueArn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } },
        RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } },
      },
    );

    expect(outputs).toEqual({ QueueArn: 'arn-Queue', RoleArn: 'arn:aws:inert:::Role' });
  });

  it('refuses every unknown resource type by name before anything starts', async () => {
    const { stood, stand } = aStage();

    const refusal = stand({
      Thing: aThing(),
      Stream: { Type: 'AWS::Kinesis::Stream' },
      Api: { Type: 'AWS::ApiGateway::RestApi' },
    });

    await expect(refusal).rejects.toThrow(
      [
        'the local run cannot stand up this template:',
        '  - Stream: resource type AWS::Kinesis::Stream is not emulated',
        '  - Api: resource type AWS::ApiGateway::RestApi is not emulated',
      ].join('\n'),
    );
    expect(stood).toEqual([]);
  });

  it('refuses a condition by name', async () => {
    const refusal = aStage().stand({ Thing: { ...aThing(), Condition: 'InProduction' } });

    await expect(refusal).rejects.toThrow('Thing: condition InProduction is not emulated');
  });

  it('refuses every property that nobody read by name, nested ones too', async () => {
    const refusal = aStage().stand({
      Thing: aThing({ Colour: 'red', Uses: 'x', Settings: { Size: 1, Shape: 'round' } }),
    });

    await expect(refusal).rejects.toThrow(
      [
        '  - Thing (Test::Thing): property Colour is not emulated',
        '  - Thing (Test::Thing).Settings: property Shape is not emulated',
      ].join('\n'),
    );
  });

  it('refuses an attribute that a resource does not have by name', async () => {
    const refusal = aStage().stand({
      One: aThing({ Uses: { 'Fn::GetAtt': ['Other', 'StreamArn'] } }),
      Other: aThing(),
    });

    await expect(refusal).rejects.toThrow('Other: attribute StreamArn is not emulated');
  });

  it('refuses a reference to nothing by name', async () => {
    const refusal = aStage().stand({ Thing: aThing({ Uses: { Ref: 'Missing' } }) });

    await expect(refusal).rejects.toThrow('Missing: no such parameter or resource');
  });

  it('refuses resources that refer to each other in a circle', async () => {
    const refusal = aStage().stand({
      Door: aThing({ Uses: [{ Ref: 'Key' }, { Ref: 'Lock' }] }),
      Key: aThing({ Uses: { Ref: 'Lock' } }),
      Lock: aThing({ Uses: { Ref: 'Key' } }),
    });

    await expect(refusal).rejects.toThrow('Key -> Lock -> Key: these resources refer to each other');
  });
});
