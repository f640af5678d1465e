import type { Properties } from './properties.js';

/** A resource that was stood up: what `Ref` and `Fn::GetAtt` give. */
export interface Deployed {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface ResourceContext {
  readonly logicalId: string;
  readonly properties: Properties;
}

export type Deploy = (context: ResourceContext) => Promise<Deployed>;

/**
 * Resource types that change nothing which can be seen on a laptop, each with the reason. They still resolve, so
 * that others may refer to them.
 */
export const INERT_TYPES: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'permissions are not emulated; the infra tests check them',
  'AWS::IAM::Policy': 'permissions are not emulated; the infra tests check them',
  'AWS::S3::BucketPolicy': 'permissions are not emulated; the infra tests check them',
  'AWS::SQS::QueuePolicy': 'permissions are not emulated; the infra tests check them',
  'AWS::Lambda::Permission': 'permissions are not emulated; the infra tests check them',
  'AWS::Logs::LogGroup': 'logs go to the terminal',
  'AWS::Logs::ResourcePolicy': 'permissions are not emulated; the infra tests check them',
  'AWS::CloudWatch::Dashboard': 'there is no CloudWatch here',
  'AWS::CloudWatch::Alarm': 'there is no CloudWatch here',
  'AWS::CloudWatch::CompositeAlarm': 'there is no CloudWatch here',
  'AWS::SNS::Topic': 'only alarms tell it anything',
  'AWS::SNS::TopicPolicy': 'permissions are not emulated; the infra tests check them',
  'AWS::CDK::Metadata': 'describes the template only',
};

/** An inert resource: its references lead nowhere, under names that say so. */
export function inert({ logicalId }: ResourceContext): Promise<Deployed> {
  const arn = `arn:aws:inert:::${logicalId}`;
  return Promise.resolve({ ref: logicalId, attributes: { Arn: arn, Name: logicalId } });
}
