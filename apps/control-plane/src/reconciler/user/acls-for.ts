// SPDX-License-Identifier: Apache-2.0
/**
 * The ACLs of a user: what her roles (`ROLE_RIGHTS`) and rules come to on the tenant's prefix. Pure; tested as a table. No ACL
 * outside the prefix is ever made, so Kafka itself keeps tenants apart.
 */
import { type AccessRule, physicalName, prefixOf, ROLE_RIGHTS, type UserSpec } from '@kaas/domain'
import { type Acl, type AclOperation, type AclResource, aclKey } from '@kaas/kafka-admin'

/** Exactly the ACLs that Kafka must hold for the principal of this user, each once. */
export function aclsFor(tenant: string, user: string, spec: UserSpec): readonly Acl[] {
  const principal = `User:${physicalName(tenant, user)}`
  const fromRoles = spec.roles.flatMap((role) =>
    ROLE_RIGHTS[role].flatMap(([resource, operations]) =>
      operations.map((operation) => aclOn(principal, resource, { name: prefixOf(tenant), pattern: 'prefixed' }, operation)),
    ),
  )
  const fromRules = spec.access.flatMap((rule) =>
    rule.operations.map((operation) => aclOn(principal, rule.resource, targetOf(tenant, rule), operation)),
  )
  return [...new Map([...fromRoles, ...fromRules].map((acl) => [aclKey(acl), acl])).values()]
}

/** What is missing and what is too much. */
export function aclDifference(
  found: readonly Acl[],
  wanted: readonly Acl[],
): { readonly add: readonly Acl[]; readonly remove: readonly Acl[] } {
  const foundKeys = new Set(found.map(aclKey))
  const wantedKeys = new Set(wanted.map(aclKey))
  return {
    add: wanted.filter((acl) => !foundKeys.has(aclKey(acl))),
    remove: found.filter((acl) => !wantedKeys.has(aclKey(acl))),
  }
}

/** `*` means all names of the tenant, whatever the pattern: Kafka's own wildcard would mean all names of the cluster. */
function targetOf(tenant: string, rule: AccessRule): Pick<Acl, 'name' | 'pattern'> {
  if (rule.name === '*') return { name: prefixOf(tenant), pattern: 'prefixed' }
  return { name: physicalName(tenant, rule.name), pattern: rule.pattern === 'prefix' ? 'prefixed' : 'literal' }
}

function aclOn(
  principal: string,
  resource: AclResource,
  target: Pick<Acl, 'name' | 'pattern'>,
  operation: AclOperation,
): Acl {
  return { resource, ...target, principal, host: '*', operation, permission: 'allow' }
}
