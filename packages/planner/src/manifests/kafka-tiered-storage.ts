// SPDX-License-Identifier: Apache-2.0
/**
 * Tiered storage (KIP-405): brokers keep records for a while and send whole segments to object storage. The plugin that talks to
 * the storage is the platform's choice; a tenant says with `workload.localRetention` that she wants it.
 */
import { KaasError } from '@kaas/errors'
import type { PlatformProfile } from './platform-profile.ts'
import type { CheckedInput } from './tenant-input.ts'

type TieredStorage = NonNullable<PlatformProfile['tieredStorage']>

/** The platform's storage when the tenant uses it. Throws `not-configured` when she asks for it and the platform has none. */
export function tieredStorageOf({ tenant, plan, platform }: CheckedInput): TieredStorage | undefined {
  if (plan.limits.localRetentionMs === undefined) return undefined
  if (platform.tieredStorage !== undefined) return platform.tieredStorage
  throw new KaasError('not-configured', {
    message: `Tenant ${tenant.metadata.name} asks for localRetention; this platform has no tiered storage.`,
    help: 'Leave localRetention out, or name a plugin as tieredStorage of the platform profile.',
    fields: [{ path: 'spec.workload.localRetention', message: 'This platform keeps records on disks only.' }],
  })
}

/** Fields of `spec.kafka`; Strimzi turns the storage on for the brokers itself. */
export function tieredStorageFields(input: CheckedInput): object {
  const storage = tieredStorageOf(input)
  if (storage === undefined) return {}
  const { image, className, classPath, config } = storage
  return {
    ...(image === undefined ? {} : { image }),
    tieredStorage: { type: 'custom', remoteStorageManager: { className, classPath, config } },
  }
}

/** Server settings. Topics that are made past the platform keep what the disks hold, because nothing of them is sent away. */
export function tieredStorageConfig(input: CheckedInput): Readonly<Record<string, string | number>> {
  const storage = tieredStorageOf(input)
  if (storage === undefined) return {}
  const copies = input.plan.replicationFactor
  return { 'rlmm.config.remote.log.metadata.topic.replication.factor': copies, ...storage.metadata }
}

/** Settings of a topic that uses it. Kafka cannot send compacted topics away: they stay on disks. */
export function tieredTopicConfig(
  { plan }: CheckedInput,
  config: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const local = plan.limits.localRetentionMs
  if (local === undefined || (config['cleanup.policy'] ?? 'delete') !== 'delete') return {}
  const retention = Number(config['retention.ms'] ?? plan.limits.retentionMs)
  // -2 is Kafka's word for "as long as retention.ms"; a longer local retention would be refused.
  return { 'remote.storage.enable': 'true', 'local.retention.ms': retention <= local ? '-2' : String(local) }
}
