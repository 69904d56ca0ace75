// SPDX-License-Identifier: Apache-2.0
/** The section `clusters` of `platform.yaml` on AWS. Roles and profiles are made once per account and named here; none is made later. */
import { z } from 'zod'
import { MSK_US_EAST_1 } from '../../catalogue.ts'
import { EVERY_PROVIDER } from '../every-provider.ts'

/** Machines that a plan may ask for, and so the only ones the class admits. */
export const AWS_MACHINES: readonly string[] = MSK_US_EAST_1.instances.map(({ name }) => name)

const machine = z
  .string()
  .refine((name) => AWS_MACHINES.includes(name), { error: `Must be one of ${AWS_MACHINES.join(', ')}` })
const role = z.string().regex(/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, 'The ARN of a role')
const profileName = z.string().regex(/^[\w+=,.@-]{1,128}$/, 'The name of an instance profile')

/** Add-ons that a cluster of EKS cannot do without here. */
export const EKS_ADDONS = ['coredns', 'eks-pod-identity-agent', 'kube-proxy', 'vpc-cni'] as const

/** Both flavours: EKS runs the control plane, or machines of ours do. */
export const awsSettingsSchema = z
  .strictObject({
    ...EVERY_PROVIDER,
    provider: z.literal('aws'),
    flavour: z.enum(['eks', 'kubeadm']),
    region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'A region such as eu-central-1'),
    apiSourceRanges: z
      .array(z.cidrv4('A range such as 203.0.113.0/24'))
      .min(1, 'Say from where API servers may be reached, at least from the management cluster')
      .describe('From where the API servers of tenants may be reached'),
    machines: z
      .strictObject({ system: machine.default('m7g.xlarge'), controlPlane: machine.default('m7g.large') })
      .prefault({})
      .describe('Machines beside those of brokers, which the plan chooses'),
    encryptionKey: z.string().startsWith('arn:').optional().describe('KMS key of disks and Secrets; the default key of AWS'),
    addons: z
      .partialRecord(z.enum(EKS_ADDONS), z.string().min(1))
      .default({})
      .describe('EKS: versions of its add-ons for this version of Kubernetes'),
    roles: z
      .strictObject({ dns: role, disks: role, loadBalancers: role })
      .optional()
      .describe('EKS: roles that pods of every cluster act as, by Pod Identity'),
    profiles: z
      .strictObject({
        controlPlane: profileName.default('control-plane.cluster-api-provider-aws.sigs.k8s.io'),
        brokers: profileName.default('nodes.cluster-api-provider-aws.sigs.k8s.io'),
        system: profileName.optional(),
      })
      .prefault({})
      .describe('Instance profiles of machines'),
  })
  .superRefine(({ flavour, addons, roles, profiles, audit }, context) => {
    const need = (path: readonly string[], message: string) => context.addIssue({ code: 'custom', path: [...path], message })
    if (flavour === 'eks') {
      for (const name of EKS_ADDONS) if (addons[name] === undefined) need(['addons', name], 'EKS needs its version')
      if (audit !== undefined) need(['audit'], 'EKS sends its audit log to CloudWatch only; leave it out')
      if (roles === undefined) need(['roles'], 'EKS needs the roles of its pods')
    } else if (profiles.system === undefined) {
      need(['profiles', 'system'], 'With kubeadm the pods of system nodes act as the role of this profile')
    }
  })
/** Settings of AWS, with defaults filled in. */
export type AwsSettings = Readonly<z.output<typeof awsSettingsSchema>>
