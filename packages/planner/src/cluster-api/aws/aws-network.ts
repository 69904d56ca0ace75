// SPDX-License-Identifier: Apache-2.0
/** The network of a tenant's cluster on AWS: a VPC of its own, machines in private subnets, one pair of subnets per zone. */
import { KaasError } from '@kaas/errors'
import type { AwsSettings } from './aws-settings.ts'

/**
 * `network` of AWSCluster and AWSManagedControlPlane. Zones are named, so that a machine deployment finds its own; all VPCs use
 * the same range, as none of them is joined to another. Throws `config-invalid` for a zone of another region.
 */
export function awsNetworkFor({ region }: AwsSettings, zones: readonly string[]): object {
  const stray = zones.find((zone) => !zone.startsWith(region) || zone.length !== region.length + 1)
  if (stray !== undefined) {
    throw new KaasError('config-invalid', {
      message: `Zone ${stray} is none of region ${region}.`,
      help: `Name zones of the region in platform.yaml, such as ${region}a.`,
      fields: [{ path: 'zones', message: `Must be zones of ${region}.` }],
    })
  }
  return {
    vpc: {
      cidrBlock: '10.0.0.0/16',
      availabilityZoneUsageLimit: zones.length,
      availabilityZoneSelection: 'Ordered',
      // What belongs to no security group of ours reaches nothing.
      emptyRoutesDefaultVPCSecurityGroup: true,
    },
    subnets: zones.flatMap((zone, index) => [
      { id: `private-${zone}`, availabilityZone: zone, cidrBlock: `10.0.${index * 16}.0/20`, isPublic: false },
      { id: `public-${zone}`, availabilityZone: zone, cidrBlock: `10.0.${240 + index}.0/24`, isPublic: true },
    ]),
  }
}
