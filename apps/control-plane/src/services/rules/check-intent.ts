// SPDX-License-Identifier: Apache-2.0
/** The rules of each kind, in one table: what must hold before intent is stored. A new kind gets its line here. */
import type { Resource, ResourceKind, ResourceOf } from '@kaas/domain'
import type { StoredResource, StoreSession } from '@kaas/store'
import type { ServiceParts } from '../service-parts.ts'
import { checkPolicy } from './check-policy.ts'
import { checkRole, checkRoleBinding } from './check-rights.ts'
import { checkTenant, checkTenantPlace } from './check-tenant.ts'
import { checkTopic } from './check-topic.ts'
import { checkTopicShare } from './check-topic-share.ts'
import { checkUser } from './check-user.ts'

/** Rules of one kind. All throw a KaasError that names the field and the way out. */
interface Rules<K extends ResourceKind> {
  /** What needs other parts than the store; runs before the transaction. */
  readonly before?: (parts: ServiceParts, document: ResourceOf<K>, stored: StoredResource<K> | undefined) => Promise<void>
  /** Runs in the transaction that stores the document, on what is stored now. */
  readonly within?: (
    session: StoreSession,
    document: ResourceOf<K>,
    stored: StoredResource<K> | undefined,
    parts: ServiceParts,
  ) => Promise<void>
}

const RULES: { readonly [K in ResourceKind]: Rules<K> } = {
  KafkaCluster: {},
  Team: {},
  Role: { within: checkRole },
  Policy: { within: checkPolicy },
  Tenant: { before: checkTenantPlace, within: checkTenant },
  Topic: { within: checkTopic },
  User: { within: checkUser },
  TopicShare: { within: checkTopicShare },
  RoleBinding: { within: checkRoleBinding },
}

/** The rules of the document's kind. */
export function rulesFor(document: Resource): Rules<ResourceKind> {
  // Each entry takes documents of its own kind, which is the one looked up by.
  return RULES[document.kind] as unknown as Rules<ResourceKind>
}
