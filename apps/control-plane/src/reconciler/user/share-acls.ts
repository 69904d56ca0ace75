// SPDX-License-Identifier: Apache-2.0
/**
 * The ACLs of a user on topics that other tenants share with hers: what her roles and rules say of her own topics, as far as the share
 * goes, on exactly that topic. Pure; tested as a table. Nothing ever comes of a share but reading, writing and describing.
 */
import { physicalName, prefixOf, ROLE_RIGHTS, type ShareAccess, type SharedTopic, type UserSpec } from '@kaas/domain'
import { type Acl, type AclOperation, aclKey } from '@kaas/kafka-admin'

const READING: readonly AclOperation[] = ['read', 'describe', 'describeConfigs']
const WRITING: readonly AclOperation[] = ['write', 'describe', 'describeConfigs']

/** The most that a share gives. */
const GIVEN: Readonly<Record<ShareAccess, readonly AclOperation[]>> = {
  read: READING,
  write: WRITING,
  'read-write': [...new Set([...READING, ...WRITING])],
}

/** Each once. Nothing for an alias: the tenant's own rights on its prefix hold there. */
export function shareAclsFor(
  tenant: string,
  user: string,
  spec: Pick<UserSpec, 'roles' | 'access'>,
  shares: readonly SharedTopic[],
): readonly Acl[] {
  const principal = `User:${physicalName(tenant, user)}`
  const acls = shares
    .filter(({ physicalName: topic }) => !topic.startsWith(prefixOf(tenant)))
    .flatMap((share) => operationsOn(share, spec).map((operation) => aclOn(principal, share.physicalName, operation)))
  return [...new Map(acls.map((acl) => [aclKey(acl), acl])).values()]
}

function operationsOn(share: SharedTopic, { roles, access }: Pick<UserSpec, 'roles' | 'access'>): readonly AclOperation[] {
  const fromRoles = roles
    .flatMap((role) => ROLE_RIGHTS[role])
    .filter(([resource]) => resource === 'topic')
    .map(([, operations]) => within(share, operations))
    // Who only reads gets nothing of a topic that is there to be written, not even that it exists.
    .filter((operations) => operations.includes('read') || operations.includes('write'))
  const fromRules = access
    .filter(({ resource, name, pattern }) => resource === 'topic' && fits(name, pattern, share.name))
    .map(({ operations }) => within(share, operations))
  return [...fromRoles, ...fromRules].flat()
}

function within({ access }: SharedTopic, operations: readonly AclOperation[]): readonly AclOperation[] {
  return operations.includes('all') ? GIVEN[access] : operations.filter((operation) => GIVEN[access].includes(operation))
}

function fits(name: string, pattern: 'literal' | 'prefix', topic: string): boolean {
  return name === '*' || name === topic || (pattern === 'prefix' && topic.startsWith(name))
}

function aclOn(principal: string, name: string, operation: AclOperation): Acl {
  return { resource: 'topic', name, pattern: 'literal', principal, host: '*', operation, permission: 'allow' }
}
