import type { BucketService } from '../aws/bucket-service.js';
import type { Deploy } from './resource-kinds.js';

/** AWS::S3::Bucket: a bucket in fauxqs. */
export function bucketKind(buckets: Pick<BucketService, 'createBucket'>): Deploy {
  return ({ logicalId, properties }) => {
    // S3 takes no capital letters.
    const name = properties.text('BucketName') ?? logicalId.toLowerCase();
    // Nobody but us is here, and nothing lives for a day.
    properties.inert('BucketEncryption', 'PublicAccessBlockConfiguration', 'OwnershipControls');
    properties.inert('LifecycleConfiguration', 'Tags');
    buckets.createBucket(name);
    return Promise.resolve({ ref: name, attributes: { Arn: `arn:aws:s3:::${name}` } });
  };
}
