import { Match, Template } from 'aws-cdk-lib/assertions';
import { type IVpc, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { RateLimitedOrchestrator } from '../../infra/rate-limited-orchestrator.js';
import { parseConfig } from '../../lambdas/core/config/parse-config.js';
import { faultsOf } from '../support/faults-of.js';
import { aLegacyApi } from './support/a-legacy-api.js';
import { aTeamStack, templateOf } from './support/synthesized.js';

const NETWORK = { subnetIds: ['subnet-0123456789abcdef0'], securityGroupIds: ['sg-0123abcd'] };

const WORKER = { Description: Match.stringLikeRegexp('^Calls ') };

const INTERFACES = Match.arrayWith(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface']);

function aTemplateInAVpc(withGroup: boolean): Template {
  const { stack } = aTeamStack();
  const vpc: unknown = new Vpc(stack, 'Vpc', {
    subnetConfiguration: [{ name: 'alone', subnetType: SubnetType.PRIVATE_ISOLATED }],
  });
  const group = withGroup ? { securityGroups: [new SecurityGroup(stack, 'Mine', { vpc: vpc as IVpc })] } : {};
  const network = { vpc: vpc as IVpc, subnets: { subnetType: SubnetType.PRIVATE_ISOLATED }, ...group };
  new RateLimitedOrchestrator(stack, 'Private', { config: aLegacyApi({ name: 'private-api' }), network });
  return Template.fromStack(stack);
}

describe('the worker', () => {
  it('runs in no VPC, and manages no network interface, unless it is told to', () => {
    const template = templateOf();

    template.hasResourceProperties('AWS::Lambda::Function', { ...WORKER, VpcConfig: Match.absent() });
    expect(JSON.stringify(template.findResources('AWS::IAM::Policy'))).not.toContain('ec2:');
  });

  it('runs in the subnets and security groups that its configuration names', () => {
    const template = templateOf(aLegacyApi({ network: NETWORK }));

    template.hasResourceProperties('AWS::Lambda::Function', {
      ...WORKER,
      VpcConfig: { SubnetIds: NETWORK.subnetIds, SecurityGroupIds: NETWORK.securityGroupIds },
    });
  });

  it.each([true, false])('runs in the VPC of its props (a security group of one’s own: %s)', (withGroup) => {
    const group = {
      'Fn::GetAtt': [Match.stringLikeRegexp(withGroup ? '^Mine' : '^PrivateWorker'), 'GroupId'],
    };

    const template = aTemplateInAVpc(withGroup);

    template.hasResourceProperties('AWS::Lambda::Function', {
      ...WORKER,
      VpcConfig: {
        SubnetIds: Match.arrayWith([{ Ref: Match.stringLikeRegexp('^Vpcalone') }]),
        SecurityGroupIds: [group],
      },
    });
  });

  it('lets Lambda manage its network interfaces, and not its own code', () => {
    const template = templateOf(aLegacyApi({ network: NETWORK }));
    const statement = (more: object) => ({
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Action: INTERFACES, Resource: '*', ...more })]),
      },
    });

    template.hasResourceProperties('AWS::IAM::Policy', statement({ Effect: 'Allow' }));
    template.hasResourceProperties(
      'AWS::IAM::Policy',
      statement({
        Effect: 'Deny',
        Condition: {
          ArnEquals: {
            'lambda:SourceFunctionArn': { 'Fn::GetAtt': [Match.stringLikeRegexp('Worker'), 'Arn'] },
          },
        },
      }),
    );
  });

  it.each([
    [
      { subnetIds: [], securityGroupIds: ['sg-0123abcd'] },
      /^network.subnetIds: expected at least one subnet/,
    ],
    [
      { subnetIds: ['vpc-1'], securityGroupIds: ['sg-0123abcd'] },
      /^network.subnetIds\[0\]: expected the ID of a subnet/,
    ],
    [{ subnetIds: ['subnet-0123abcd'] }, /^network.securityGroupIds: missing; add it$/],
  ])('is refused in the network %j', (network, fault) => {
    expect(faultsOf(() => parseConfig({ ...aLegacyApi(), network }))).toEqual([expect.stringMatching(fault)]);
  });
});
