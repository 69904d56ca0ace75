// SPDX-License-Identifier: Apache-2.0
/**
 * How a tenant sees ACLs. Names lose the prefix, principals are users of the tenant, and the platform's ACL on the whole prefix
 * (PREFIXED `<tenant>.`) is what it means to the tenant: the resource `*`. Everything else on the cluster does not exist. Pure.
 */

/** One ACL with the numbers of the protocol. */
export interface AclEntry {
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
}

/** What DescribeAcls and DeleteAcls ask for; null matches everything. */
export interface AclQuery {
  readonly resourceTypeFilter: number
  readonly resourceNameFilter: string | null
  readonly patternTypeFilter: number
  readonly principalFilter: string | null
  readonly hostFilter: string | null
  readonly operation: number
  readonly permissionType: number
}

/** Resource types of ACLs that a tenant has names of: topics, groups, transactional ids. */
export const TENANT_RESOURCES: ReadonlySet<number> = new Set([2, 3, 5])
/** The resource type that is a topic. */
export const TOPIC = 2
/** Any resource, any operation, any permission, any pattern. */
export const ANY = 1
const MATCH = 2
/** Patterns that an ACL can have; the others are for asking only. */
export const LITERAL = 3
export const PREFIXED = 4
const WILDCARD = '*'
const USER = 'User:'

/** The ACL as the broker must hold it, or, as a sentence, why a tenant cannot have it. */
export function physicalAcl(prefix: string, acl: AclEntry): AclEntry | string {
  if (!TENANT_RESOURCES.has(acl.resourceType)) {
    return 'Only topics, groups and transactional ids belong to a tenant; the cluster, tokens and users belong to the platform.'
  }
  if (acl.patternType !== LITERAL && acl.patternType !== PREFIXED) return 'The pattern of an ACL is LITERAL or PREFIXED.'
  if (acl.resourceName === '') return 'An ACL needs the name of a resource.'
  const user = userOf(prefix, acl.principal)
  if (user === undefined) {
    return `"${acl.principal}" is no user of this tenant. Name one of its users, such as User:app; User:* would mean other tenants too.`
  }
  const isWildcard = acl.resourceName === WILDCARD
  return {
    ...acl,
    resourceName: isWildcard ? prefix : `${prefix}${acl.resourceName}`,
    patternType: isWildcard ? PREFIXED : acl.patternType,
    principal: `${USER}${prefix}${user}`,
  }
}

/** The ACL as the tenant sees it, or undefined when it is not the tenant's to see. */
export function logicalAcl(prefix: string, acl: AclEntry): AclEntry | undefined {
  if (!TENANT_RESOURCES.has(acl.resourceType)) return undefined
  if (!acl.resourceName.startsWith(prefix) || !acl.principal.startsWith(`${USER}${prefix}`)) return undefined
  const isWhole = acl.resourceName === prefix
  if (isWhole && acl.patternType !== PREFIXED) return undefined
  return {
    ...acl,
    resourceName: isWhole ? WILDCARD : acl.resourceName.slice(prefix.length),
    patternType: isWhole ? LITERAL : acl.patternType,
    principal: `${USER}${acl.principal.slice(USER.length + prefix.length)}`,
  }
}

/** A question to the broker whose answer holds everything of the tenant that `query` can match: `matches` then decides. */
export function physicalQuery(prefix: string, query: AclQuery): AclQuery {
  const { resourceNameFilter: name, patternTypeFilter: pattern, principalFilter } = query
  const isExact = name !== null && name !== WILDCARD && (pattern === LITERAL || pattern === PREFIXED)
  const user = principalFilter === null ? null : userOf(prefix, principalFilter)
  return {
    ...query,
    resourceNameFilter: isExact ? `${prefix}${name}` : null,
    patternTypeFilter: isExact ? pattern : ANY,
    principalFilter: user === null || user === undefined ? null : `${USER}${prefix}${user}`,
  }
}

/** Whether an ACL, both in the tenant's view, is what `query` asks for, by the rules of Kafka's own filters. */
export function matches(prefix: string, query: AclQuery, acl: AclEntry): boolean {
  const { resourceTypeFilter, principalFilter, hostFilter, operation, permissionType } = query
  const isOf = (wanted: number, actual: number): boolean => wanted === ANY || wanted === actual
  return (
    isOf(resourceTypeFilter, acl.resourceType) &&
    matchesResource(query, acl) &&
    (principalFilter === null || userOf(prefix, principalFilter) === acl.principal.slice(USER.length)) &&
    (hostFilter === null || hostFilter === acl.host) &&
    isOf(operation, acl.operation) &&
    isOf(permissionType, acl.permissionType)
  )
}

function matchesResource(query: AclQuery, acl: AclEntry): boolean {
  const { resourceNameFilter: name, patternTypeFilter: pattern } = query
  if (pattern !== ANY && pattern !== MATCH && pattern !== acl.patternType) return false
  if (name === null) return true
  if (pattern !== MATCH) return name === acl.resourceName
  if (acl.patternType === PREFIXED) return name.startsWith(acl.resourceName)
  return name === acl.resourceName || acl.resourceName === WILDCARD
}

/** The user's name in the tenant. Users have no dots in their names, so the full name that clients log in with is told apart. */
function userOf(prefix: string, principal: string): string | undefined {
  if (!principal.startsWith(USER)) return undefined
  const name = principal.slice(USER.length)
  const user = name.startsWith(prefix) ? name.slice(prefix.length) : name
  return user === '' || user.includes('.') || user === WILDCARD ? undefined : user
}
