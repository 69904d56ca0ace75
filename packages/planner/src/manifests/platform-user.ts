// SPDX-License-Identifier: Apache-2.0
/**
 * The log-in of the control plane in a tenant's own Kafka, for what the console and the API show of it: topics, records, groups, rights,
 * brokers. It may not create, alter or delete topics, users or settings: those are objects, and Strimzi's to keep (decision 0034).
 */
import { quotaPerBroker } from '../limits.ts'
import { allow, denyInternal, type KafkaAcl } from './kafka-acls.ts'
import { externalLogins } from './kafka-listeners.ts'
import { quotaModeOf } from './kafka-quotas.ts'
import type { Manifest } from './manifest.ts'
import { clusterLabelsOf, metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** Its name. Users of tenants are `<tenant>.<user>`; this has no dot, so none of them can have it. */
export const PLATFORM_USER = 'kaas-control-plane'

/** Annotation of the KafkaUser: by which listeners the control plane comes, `internal` or `external`. */
export const WAY_IN = 'kaas.dev/way-in'

/** Part of the tenant's rates that looking may take on top of them, where rates are divided among users. */
const RATE_PART = 0.1

/** None where the profile says that the control plane does not log in. */
export function platformUserFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const way = wayInOf(input)
  if (way === undefined) return []
  const metadata = metadataOf(input.tenant, PLATFORM_USER)
  const quotas = quotasOf(input)
  const object = {
    apiVersion: 'kafka.strimzi.io/v1',
    kind: 'KafkaUser',
    metadata: { ...metadata, labels: clusterLabelsOf(input.tenant), annotations: { [WAY_IN]: way } },
    spec: {
      authentication: { type: authenticationOf(input, way) },
      authorization: { type: 'simple', acls: PLATFORM_ACLS },
      ...(quotas === undefined ? {} : { quotas }),
    },
  }
  const reason = 'a tenth of the tenant’s limit, on top of it: decision 0034'
  const because = Object.keys(quotas ?? {}).map((name) => ({ path: ['spec', 'quotas', name], reason }))
  return [{ object, because }]
}

/**
 * By which listeners the control plane comes; undefined when it does not. A Kafka in another Kubernetes cluster is reached from outside only,
 * whatever the profile says.
 */
export function wayInOf({ tenant, platform }: Pick<CheckedInput, 'tenant' | 'platform'>): WayIn | undefined {
  if (platform.kafkaLogIn === 'none') return undefined
  return tenant.spec.isolation === 'cluster' ? 'external' : platform.kafkaLogIn
}

/** `internal`: by the Service of the brokers in the same Kubernetes cluster. `external`: as clients do. */
export type WayIn = 'internal' | 'external'

/** Inside only certificates are taken; outside, what a listener is there for already, so that none is opened for this. */
function authenticationOf(input: CheckedInput, way: WayIn): string {
  return way === 'internal' ? 'tls' : (externalLogins(input)[0] ?? 'tls')
}

/** With a shared total looking counts as everybody's. Divided, who has no quota has no limit at all. */
function quotasOf(input: CheckedInput): Readonly<Record<string, number>> | undefined {
  if (quotaModeOf(input) === 'shared') return undefined
  const total = quotaPerBroker(input.plan.limits, input.plan.brokers)
  const part = (rate: number) => Math.max(1, Math.floor(rate * RATE_PART))
  return {
    producerByteRate: part(total.produceBytesPerSecond),
    consumerByteRate: part(total.consumeBytesPerSecond),
  }
}

/** Each for a reason: settings and rights are shown, records read and sent again, offsets of groups moved, groups deleted. */
const PLATFORM_ACLS: readonly KafkaAcl[] = [
  ...denyInternal(['Read', 'Write']),
  allow({ type: 'topic', name: '*', patternType: 'literal' }, ['Describe', 'DescribeConfigs', 'Read', 'Write']),
  allow({ type: 'group', name: '*', patternType: 'literal' }, ['Describe', 'Read', 'Delete']),
  allow({ type: 'cluster' }, ['Describe', 'DescribeConfigs']),
]
