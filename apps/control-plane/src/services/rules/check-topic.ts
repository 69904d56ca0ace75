// SPDX-License-Identifier: Apache-2.0
/** Rules of topics: within the tenant's limits, and never fewer partitions. */
import { type PlanLimits, type ResourceOf, renderDuration } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { refuseSharedName } from './check-topic-share.ts'
import { lockTenant } from './tenant-of.ts'

const RETENTION = 'retention.ms'

/** Throws `resource-absent`, `field-immutable`, `limit-exceeded` or `document-invalid`. */
export async function checkTopic(
  session: StoreSession,
  { spec, metadata }: ResourceOf<'Topic'>,
  stored: StoredResource<'Topic'> | undefined,
): Promise<void> {
  const tenant = metadata.tenant ?? ''
  const { limits } = await lockTenant(session, tenant)
  if (stored === undefined) await refuseSharedName(session, tenant, metadata.name)
  if (stored !== undefined && spec.partitions < stored.spec.partitions) throw shrinkError(stored.spec.partitions)
  checkRetention(spec.config[RETENTION], limits)
  const { partitions: others } = await session.countOfTenant('Topic', tenant, metadata.name)
  if (others + spec.partitions > limits.partitions) throw partitionsError(spec.partitions, others, limits, tenant)
}

function shrinkError(partitions: number): KaasError {
  return new KaasError('field-immutable', {
    message: `The topic has ${partitions} partitions, and Kafka cannot take partitions away.`,
    help: `Ask for ${partitions} or more, or create another topic.`,
    fields: [{ path: 'spec.partitions', message: `Must be at least ${partitions}.` }],
  })
}

function partitionsError(wanted: number, others: number, limits: PlanLimits, tenant: string): KaasError {
  const left = Math.max(0, limits.partitions - others)
  return new KaasError('limit-exceeded', {
    message: `The topic asks for ${wanted} partitions, but the tenant "${tenant}" has ${left} left of ${limits.partitions}.`,
    help: `Ask for at most ${left}, delete topics, or raise spec.workload.partitions of the tenant.`,
    fields: [{ path: 'spec.partitions', message: `Must be at most ${left}.` }],
  })
}

/** -1 is Kafka's "for ever". */
function checkRetention(text: string | undefined, limits: PlanLimits): void {
  if (text === undefined) return
  const path = `spec.config.${RETENTION}`
  if (!/^(-1|\d{1,15})$/.test(text)) {
    const message = 'Must be a whole number of milliseconds.'
    throw new KaasError('document-invalid', {
      message: `${path}: ${message}`,
      help: 'Write it like "86400000" for one day.',
      fields: [{ path, message }],
    })
  }
  const retentionMs = Number(text)
  if (retentionMs >= 0 && retentionMs <= limits.retentionMs) return
  throw new KaasError('limit-exceeded', {
    message: `The topic keeps records ${retentionMs < 0 ? 'for ever' : `for ${renderDuration(retentionMs)}`}; the tenant ordered ${renderDuration(limits.retentionMs)}.`,
    help: `Set ${RETENTION} to at most ${limits.retentionMs}, or raise spec.workload.retention of the tenant.`,
    fields: [{ path, message: `Must be at most ${limits.retentionMs}.` }],
  })
}
