import { Validations } from 'aws-cdk-lib';
import type { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Effect, Policy, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, type Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { OrchestratorConfig } from '../lambdas/core/config/orchestrator-config.js';

/** Where a worker runs that calls an API which is reached through a VPC alone. */
export interface WorkerNetwork {
  readonly vpc: IVpc;
  /** @default - the private subnets */
  readonly subnets?: SubnetSelection;
  /** @default - a new one, which may connect to anything and to which nothing may connect */
  readonly securityGroups?: ISecurityGroup[];
}

/** What Lambda needs to put a function's network interfaces into subnets: https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html */
const INTERFACE_ACTIONS = [
  ...['ec2:CreateNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DeleteNetworkInterface'],
  ...['ec2:DescribeSubnets', 'ec2:AssignPrivateIpAddresses', 'ec2:UnassignPrivateIpAddresses'],
];

export function functionNetwork(network: WorkerNetwork | undefined) {
  if (network === undefined) return {};
  const { vpc, subnets, securityGroups } = network;
  return {
    vpc,
    ...(subnets === undefined ? {} : { vpcSubnets: subnets }),
    ...(securityGroups === undefined ? {} : { securityGroups }),
  };
}

/** Puts a function into the subnets that its configuration names. */
export function joinNetwork(lambda: LambdaFunction, { network }: OrchestratorConfig): void {
  const resource = lambda.node.defaultChild;
  if (network !== undefined && resource instanceof CfnFunction) resource.vpcConfig = { ...network };
}

/** Lets Lambda, and not the function's own code, manage the function's network interfaces. */
export function grantInterfaces(scope: Construct, role: Role, lambda: LambdaFunction): void {
  role.addToPolicy(new PolicyStatement({ actions: INTERFACE_ACTIONS, resources: ['*'] }));
  // Beside the role's own policy, which the function waits for.
  new Policy(scope, 'InterfacesAreLambdasOwn', {
    roles: [role],
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        actions: INTERFACE_ACTIONS,
        resources: ['*'],
        conditions: { ArnEquals: { 'lambda:SourceFunctionArn': lambda.functionArn } },
      }),
    ],
  });
  Validations.of(scope).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'Network interfaces have no ARN before they exist; AWS documents *. Code in the function is denied them.',
  });
}
