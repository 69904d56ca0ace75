// SPDX-License-Identifier: Apache-2.0
/** The rights of a user: in words, as the ACLs that Kafka holds for her, and the answer to "may she do this?". */
import { type TenantNames, tenantOf } from '@kaas/domain'
import type { AccessQuestion, UserAccess } from '@kaas/http-contract'
import { type Acl, aclKey } from '@kaas/kafka-admin'
import type { ResourceKey, Store, StoredResource } from '@kaas/store'
import { absentError } from '../../services/resource-paths.ts'
import type { KafkaViews } from '../kafka-views.ts'
import { accessWords } from './access-words.ts'
import { decideAccess } from './decide-access.ts'
import { type AclOrigin, originsOf } from './origins.ts'

/** Throws `resource-absent` for an unknown user, and what Kafka fails with. */
export async function loadAccess(views: KafkaViews, store: Store, tenant: string, name: string): Promise<UserAccess> {
  const user = await loadUser(store, tenant, name)
  const { names } = await views.kafka.find(tenant)
  const acls = await originsInKafka(views, names, user)
  return {
    words: [...accessWords(tenant, user.spec)],
    acls: acls.map(({ acl, from }) => ({
      resource: acl.resource,
      name: acl.name === '*' ? '*' : (names.logical(acl.name) ?? acl.name),
      pattern: acl.pattern === 'prefixed' ? 'prefix' : 'literal',
      operation: acl.operation,
      permission: acl.permission,
      from,
    })),
  }
}

/** Decides by the ACLs that Kafka holds now, not by those that it should hold. Throws as loadAccess does. */
export async function checkAccess(
  views: KafkaViews,
  store: Store,
  { tenant, name, question }: { readonly tenant: string; readonly name: string; readonly question: AccessQuestion },
): Promise<{ readonly allowed: boolean; readonly because: string }> {
  const user = await loadUser(store, tenant, name)
  const { names, shares } = await views.kafka.find(tenant)
  const origins = (await originsInKafka(views, names, user)).filter(({ from }) => !from.endsWith(NOT_YET))
  const principal = names.principal(name, user.spec.authentication)
  const sharedTopic = question.resource === 'topic' ? shares.find(({ name: here }) => here === question.name) : undefined
  const asked = {
    principal,
    resource: question.resource,
    name: sharedTopic?.physicalName ?? names.physical(question.name),
    operation: question.operation,
  }
  const { allowed, by } = decideAccess(
    origins.map(({ acl }) => acl),
    asked,
  )
  const from = by === undefined ? undefined : origins.find(({ acl }) => aclKey(acl) === aclKey(by))?.from
  return { allowed, because: because(names, allowed, by, from) }
}

/** The stored user. Throws `resource-absent`. */
export async function loadUser(store: Store, tenant: string, name: string): Promise<StoredResource<'User'>> {
  const key: ResourceKey<'User'> = { kind: 'User', tenant, name }
  const user = await store.loadResource(key)
  if (user === undefined) throw absentError(key)
  return user
}

const NOT_YET = '(not in Kafka yet)'

/** What Kafka holds for her and for everybody, and what it should hold and does not. */
async function originsInKafka(
  views: KafkaViews,
  names: TenantNames,
  { name, spec }: StoredResource<'User'>,
): Promise<readonly AclOrigin[]> {
  const principal = names.principal(name, spec.authentication)
  const found = await views.kafka.in(names.tenant, async ({ admin }) =>
    (await Promise.all([admin.describeAcls({ principal }), admin.describeAcls({ principal: 'User:*' })])).flat(),
  )
  const wanted = originsOf(names, name, spec)
  const held = new Set(found.map(aclKey))
  return [
    ...found.map((acl) => ({
      acl,
      from: wanted.find((each) => aclKey(each.acl) === aclKey(acl))?.from ?? foreign(names, acl),
    })),
    ...wanted.filter(({ acl }) => !held.has(aclKey(acl))).map(({ acl, from }) => ({ acl, from: `${from} ${NOT_YET}` })),
  ]
}

function foreign({ prefix }: TenantNames, { principal, name, pattern }: Acl): string {
  const owner = tenantOf(name)
  if (pattern === 'literal' && owner !== undefined && !name.startsWith(prefix)) return `a share of ${owner}`
  return principal === 'User:*' ? 'for every user of the cluster' : 'made by a Kafka client'
}

function because(names: TenantNames, allowed: boolean, by: Acl | undefined, from = 'an ACL'): string {
  if (by === undefined) return 'No role and no rule speaks of it, and Kafka refuses what nothing allows.'
  const name = by.name === '*' ? 'every name' : `"${names.logical(by.name) ?? by.name}"`
  const target = by.pattern === 'prefixed' ? `names that begin with ${name}` : name
  const all = by.pattern === 'prefixed' && by.name === names.prefix ? `every name of ${names.tenant}` : target
  const source = /^(made|for) /.test(from) ? `an ACL ${from}` : from
  return `${allowed ? 'Allowed' : 'Denied'} by ${source}: ${by.operation} on ${by.resource}, ${all}.`
}
