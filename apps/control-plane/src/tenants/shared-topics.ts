// SPDX-License-Identifier: Apache-2.0
/**
 * Shares in force, as everything but their own reconciler sees them: what it noted in `status.observed`. So rights, gateways and views
 * follow one decision. Which share may be in force is decided in `reconciler/topic-share/`.
 */
import { logicalName, type SharedTopic, sharedTopicSchema, type TenantNames, tenantOf } from '@kaas/domain'
import type { SharedBy } from '@kaas/http-contract'
import type { StoredResource, StoreSession } from '@kaas/store'

/** A share in force, and the cluster on which it is. */
export interface ShareInForce extends SharedTopic {
  readonly cluster: string
}

const noted = sharedTopicSchema.extend({ cluster: sharedTopicSchema.shape.name })

/** What the reconciler noted; undefined for a share that is not in force, or not any more. */
export function shareInForce({ status }: StoredResource<'TopicShare'>): ShareInForce | undefined {
  const parsed = noted.safeParse(status?.observed.share)
  return parsed.success ? parsed.data : undefined
}

/**
 * The topics that a tenant on `cluster` receives by these shares, the oldest first. Where two claim a name or a topic, the older one has
 * it: two writers of shares cannot see each other.
 */
export function sharedTopicsOf(shares: readonly StoredResource<'TopicShare'>[], cluster: string): readonly SharedTopic[] {
  const topics: SharedTopic[] = []
  for (const share of shares) {
    const found = shareInForce(share)
    if (found === undefined || found.cluster !== cluster) continue
    const { physicalName, name, access } = found
    if (topics.some((other) => other.name === name || other.physicalName === physicalName)) continue
    topics.push({ physicalName, name, access })
  }
  return topics
}

/** The topic that has this name by a share: another tenant's, or an own one by its second name. */
export function topicSharedAs(shares: readonly SharedTopic[], name: string): SharedTopic | undefined {
  return shares.find((share) => share.name === name)
}

/** Whose it is and what may be done with it; undefined for a second name of an own topic. */
export function ownerOfShared({ physicalName, access }: SharedTopic, { tenant: own }: TenantNames): SharedBy | undefined {
  const tenant = tenantOf(physicalName) ?? ''
  if (tenant === own) return undefined
  return { tenant, topic: logicalName(tenant, physicalName) ?? physicalName, access }
}

/** Every share with a tenant, the oldest first, also those that are not in force or are being deleted. */
export async function sharesWith(store: StoreSession, tenant: string): Promise<readonly StoredResource<'TopicShare'>[]> {
  const found: StoredResource<'TopicShare'>[] = []
  let cursor: string | undefined
  do {
    const query = { kind: 'TopicShare', filter: `spec.with=${tenant}`, sort: 'createdAt', limit: 1000 } as const
    const page = await store.listResources({ ...query, ...(cursor === undefined ? {} : { cursor }) })
    found.push(...page.items)
    cursor = page.next
  } while (cursor !== undefined)
  return found
}
