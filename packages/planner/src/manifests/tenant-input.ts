// SPDX-License-Identifier: Apache-2.0
/** What one tenant is rendered from, checked as a whole: nothing is rendered of a tenant with a fault. */

import type { DedicatedPlan } from '@kaas/domain'
import { parseDuration, refuseReservedTenant, type Team, type Tenant, type Topic, type User } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { zonesOf } from '../dedicated-plan-for.ts'
import type { RunningVersions } from '../kafka-versions.ts'
import type { FittingPlan } from './manifest.ts'
import { kubernetesNameOf, userNameOf } from './names-of.ts'
import type { PlatformProfile } from './platform-profile.ts'

/** The documents of a tenant, its plan and its platform. Without `team` the team's own name names its group. */
export interface TenantInput {
  readonly tenant: Tenant
  readonly team?: Team | undefined
  readonly topics: readonly Topic[]
  readonly users: readonly User[]
  readonly plan: DedicatedPlan
  readonly platform: PlatformProfile
  /** Versions that run now; without them an upgrade is left to Strimzi's own order (decision 0018). */
  readonly running?: RunningVersions | undefined
}

/** An input whose plan holds the workload. The zones of its platform are those of the tenant. */
export type CheckedInput = TenantInput & { readonly plan: FittingPlan }

/**
 * The input when it can be rendered. Throws `name-invalid` for a reserved name, `not-supported` for a virtual tenant or a log-in
 * that Strimzi lacks, `workload-too-large` for a refused plan, `config-invalid` for zones that do not fit and for a cluster where
 * none can be made, `document-invalid` and `limit-exceeded` for topics and users.
 */
export function checkedInput(input: TenantInput): CheckedInput {
  const { tenant, plan, platform } = input
  refuseReservedTenant(tenant.metadata.name)
  checkIsolation(tenant, platform)
  if (plan.kind !== 'fits') {
    throw new KaasError('workload-too-large', {
      message: `No own cluster holds the workload of tenant ${tenant.metadata.name}; ${plan.binding} binds.`,
      help: 'Ask for less, or plan with a catalogue of larger machines.',
    })
  }
  const zones = zonesOf(tenant, platform)
  checkZones(plan, zones)
  checkTopics(input, plan)
  checkUsers(input, plan)
  return { ...input, plan, platform: { ...platform, zones: [...zones] } }
}

function checkIsolation({ metadata, spec }: Tenant, { clusters }: PlatformProfile): void {
  if (spec.isolation === 'virtual') {
    throw new KaasError('not-supported', {
      message: `Tenant ${metadata.name} has isolation: virtual, which has no objects in Kubernetes.`,
      help: 'Use isolation: namespace or cluster for a Kafka of its own.',
    })
  }
  if (spec.isolation !== 'cluster' || clusters !== undefined) return
  throw new KaasError('config-invalid', {
    message: `Tenant ${metadata.name} has isolation: cluster, and platform.yaml does not say how clusters are made.`,
    help: 'Write the section clusters into platform.yaml, or use isolation: namespace.',
    fields: [{ path: 'clusters', message: 'Is missing.' }],
  })
}

function checkZones(plan: FittingPlan, zones: readonly string[]): void {
  if (plan.zones === zones.length && plan.brokers % zones.length === 0) return
  throw new KaasError('config-invalid', {
    message: `The plan has ${plan.brokers} brokers in ${plan.zones} zones and cannot be laid over ${zones.length} (${zones.join(', ')}).`,
    help: 'Plan with a catalogue that has as many zones as the platform.',
    fields: [{ path: 'zones', message: `Must be ${plan.zones} zones.` }],
  })
}

function checkTopics({ tenant, topics }: TenantInput, { limits }: FittingPlan): void {
  for (const topic of topics) belongsTo(tenant, topic)
  refuseTwins(topics, (topic) => kubernetesNameOf(topic.metadata.name))
  const partitions = topics.reduce((sum, { spec }) => sum + spec.partitions, 0)
  if (partitions > limits.partitions) {
    throw limitError(
      tenant,
      `Its topics have ${partitions} partitions; at most ${limits.partitions} are planned.`,
      'partitions',
    )
  }
  for (const { metadata, spec } of topics) {
    const retention = spec.config['retention.ms']
    if (retention === undefined || (Number(retention) >= 0 && Number(retention) <= limits.retentionMs)) continue
    const most = parseDuration(`${limits.retentionMs}ms`)
    throw limitError(
      tenant,
      `Topic ${metadata.name} keeps records for ${retention} ms; at most ${most} are planned.`,
      'retention',
    )
  }
}

function checkUsers({ tenant, users }: TenantInput, { limits }: FittingPlan): void {
  for (const user of users) belongsTo(tenant, user)
  refuseTwins(users, (user) => user.metadata.name)
  if (users.length > limits.users) {
    throw limitError(tenant, `It has ${users.length} users; at most ${limits.users} are planned.`, 'users')
  }
  for (const user of users) {
    const name = userNameOf(tenant, user)
    if (user.spec.authentication !== 'scram-sha-512' && user.spec.authentication !== 'tls') {
      throw new KaasError('not-supported', {
        message: `User ${name} logs in by ${user.spec.authentication}, which Strimzi does not offer.`,
        help: 'Use authentication: scram-sha-512 or tls.',
      })
    }
    if (user.spec.authentication === 'tls' && name.length > 64) {
      throw new KaasError('name-invalid', {
        message: `"${name}" has ${name.length} characters; the common name of a certificate takes 64.`,
        help: 'Choose a shorter name, or authentication: scram-sha-512.',
      })
    }
  }
}

function belongsTo(tenant: Tenant, { kind, metadata }: Topic | User): void {
  if (metadata.tenant === tenant.metadata.name) return
  throw new KaasError('document-invalid', {
    message: `${kind} ${metadata.name} belongs to tenant ${metadata.tenant}, not to ${tenant.metadata.name}.`,
    help: 'Correct metadata.tenant.',
  })
}

function refuseTwins<T extends Topic | User>(documents: readonly T[], nameOf: (document: T) => string): void {
  const seen = new Map<string, T>()
  for (const document of documents) {
    const twin = seen.get(nameOf(document))
    if (twin !== undefined) {
      throw new KaasError('document-invalid', {
        message: `${document.kind} ${twin.metadata.name} and ${document.metadata.name} would be one object in Kubernetes.`,
        help: 'Remove one of the two, or rename it.',
      })
    }
    seen.set(nameOf(document), document)
  }
}

function limitError(tenant: Tenant, message: string, field: string): KaasError {
  return new KaasError('limit-exceeded', {
    message: `Tenant ${tenant.metadata.name}: ${message}`,
    help: `Raise spec.workload.${field} of the tenant, or ask for less.`,
  })
}
