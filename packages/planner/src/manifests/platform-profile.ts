// SPDX-License-Identifier: Apache-2.0
/** What all tenants of one Kubernetes platform have in common: written once by its operator, as `platform.yaml` of the repository. */
import { parseRate, parseSize } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { z } from 'zod'
import { clusterSettingsSchema } from '../cluster-api/cluster-settings.ts'
import { peopleSettingsSchema } from '../sign-in/people-settings.ts'

const dnsName = z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/, 'A DNS name')
const dnsLabel = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'A DNS label')
const zoneName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$/, 'A DNS label of at most 24 characters')

/** How clients outside the Kubernetes cluster reach Kafka: one shared Gateway that routes by SNI, or a load balancer per broker. */
const externalSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('tlsroute'),
    gateway: z.strictObject({ name: dnsName, namespace: dnsLabel, sectionName: dnsName.optional() }),
    gatewayNamespace: dnsLabel.optional().describe('Namespace of the pods of the Gateway, when it is another'),
  }),
  z.strictObject({
    type: z.literal('loadbalancer'),
    annotations: z.record(z.string(), z.string()).default({}).describe('For every Service of type LoadBalancer'),
    sourceRanges: z.array(z.string()).default([]).describe('CIDRs of clients; empty for everyone'),
  }),
])

/** A plugin of KIP-405. Credentials are never here: the plugin takes them from the pod's identity. */
const tieredStorageSchema = z.strictObject({
  className: z.string().min(1).describe('The RemoteStorageManager'),
  classPath: z.string().min(1).describe('Where its jars are in the image'),
  config: z.record(z.string(), z.string()).default({}),
  metadata: z
    .record(z.string().startsWith('rlmm.config.'), z.union([z.string(), z.number()]))
    .default({})
    .describe('Settings of the metadata manager, rlmm.config.*'),
  image: z.string().min(1).optional().describe('Of Kafka with the plugin'),
})

/** The schema of `platform.yaml`. */
export const platformProfileSchema = z.strictObject({
  domain: dnsName.describe('Tenants get names below it'),
  storageClass: dnsName.describe('Encrypted, WaitForFirstConsumer, expandable, Retain'),
  kafkaVersion: z.string().regex(/^4\.\d+\.\d+$/, 'A Kafka version such as 4.3.1'),
  metadataVersion: z.string().regex(/^4\.\d+-IV\d+$/, 'A metadata version such as 4.3-IV0'),
  zones: z
    .array(zoneName)
    .min(1)
    .max(9)
    .refine((zones) => new Set(zones).size === zones.length, 'Each zone once'),
  issuer: z.strictObject({ name: dnsName, kind: z.enum(['ClusterIssuer', 'Issuer']).default('ClusterIssuer') }),
  external: externalSchema,
  volumes: z
    .strictObject({
      largest: sizeText().default('16TiB').describe('Of one volume of the storage class'),
      most: z.number().int().min(1).max(16).default(2).describe('Volumes of a broker'),
      attributesClasses: z
        .array(z.strictObject({ name: dnsName, throughput: rateText() }))
        .default([])
        .describe('VolumeAttributesClasses by throughput; a broker gets the slowest that is fast enough'),
    })
    .prefault({}),
  priorityClass: dnsName.optional().describe('PriorityClass of all pods of tenants'),
  tieredStorage: tieredStorageSchema.optional().describe('Object storage for records older than localRetention'),
  operatorNamespace: dnsLabel.default('strimzi'),
  monitoringNamespace: dnsLabel.default('monitoring'),
  groupPrefix: z.string().max(100).default('').describe('Before the group of a team without external groups'),
  adminGroup: z.string().min(1).max(100).default('kaas-administrators').describe('The one group of administrators'),
  teamAccess: z
    .enum(['view', 'none'])
    .default('view')
    .describe('What the team of a tenant may do in Kubernetes: look at objects and logs without Secrets, or nothing'),
  people: peopleSettingsSchema.optional().describe('How people sign in to Kubernetes'),
  controlPlane: z
    .strictObject({ namespace: dnsLabel, release: dnsLabel.describe('Of charts/control-plane') })
    .optional()
    .describe(
      'Where it runs, when it may read Secrets only in namespaces of tenants (readSecrets: by-namespace of its chart)',
    ),
  kafkaLogIn: z
    .enum(['internal', 'external', 'none'])
    .default('internal')
    .describe(
      'How the control plane comes to the Kafka of tenants, for the console: by Services of the same Kubernetes cluster, as clients do, or not at all',
    ),
  clusters: clusterSettingsSchema.optional().describe('How clusters of tenants with isolation: cluster are made'),
  nodeReserve: sizeText().default('2GiB').describe('Memory that a node keeps for itself and for daemons'),
  maintenanceWindows: z.array(z.string().min(1)).default([]).describe('Quartz cron, UTC: when certificates may be renewed'),
})
/** A platform, with defaults filled in. */
export type PlatformProfile = Readonly<z.output<typeof platformProfileSchema>>

/** The platform of a parsed `platform.yaml`. Throws `config-invalid` with every problem and its path. */
export function parsePlatformProfile(value: unknown): PlatformProfile {
  const parsed = platformProfileSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  throw new KaasError('config-invalid', {
    message: `The platform profile has problems. ${fields.map(({ path, message }) => `${path}: ${message}.`).join(' ')}`,
    help: 'Correct the named fields; docs/guides/render-in-ci.md shows a whole profile.',
    fields,
  })
}

function sizeText() {
  return textOf(parseSize)
}

function rateText() {
  return textOf(parseRate)
}

function textOf(parse: (text: string) => number) {
  return z.string().superRefine((text, context) => {
    try {
      parse(text)
    } catch (error) {
      if (!(error instanceof KaasError)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })
}
