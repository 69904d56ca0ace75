// SPDX-License-Identifier: Apache-2.0
/** An ACL as a value in words, and its translation to the numbers of the protocol. */
import {
  ACL_OPERATION,
  ACL_PATTERN,
  ACL_PERMISSION,
  ACL_RESOURCE,
  type AclOperation,
  type AclPattern,
  type AclPermission,
  type AclResource,
  ANY,
  wordFor,
} from './kafka-values.ts'

/** Who may or may not do what on which name. */
export interface Acl {
  readonly resource: AclResource
  readonly name: string
  readonly pattern: AclPattern
  /** With its type, as in `User:orders.app`. */
  readonly principal: string
  /** An address, or `*`. */
  readonly host: string
  readonly operation: AclOperation
  readonly permission: AclPermission
}

/** Fits an ACL that has all the values given; what is absent fits anything. */
export type AclFilter = Partial<Acl>

interface WireFilter {
  readonly resourceTypeFilter: number
  readonly resourceNameFilter: string | null
  readonly patternTypeFilter: number
  readonly principalFilter: string | null
  readonly hostFilter: string | null
  readonly operation: number
  readonly permissionType: number
}

/** `filter` in the protocol's numbers, with "any" for what is absent. */
export function renderAclFilter(filter: AclFilter): WireFilter {
  return {
    resourceTypeFilter: filter.resource === undefined ? ANY : ACL_RESOURCE[filter.resource],
    resourceNameFilter: filter.name ?? null,
    patternTypeFilter: filter.pattern === undefined ? ANY : ACL_PATTERN[filter.pattern],
    principalFilter: filter.principal ?? null,
    hostFilter: filter.host ?? null,
    operation: filter.operation === undefined ? ANY : ACL_OPERATION[filter.operation],
    permissionType: filter.permission === undefined ? ANY : ACL_PERMISSION[filter.permission],
  }
}

interface WireAcl {
  readonly resourceType: number
  readonly resourceName: string
  readonly patternType: number
  readonly principal: string
  readonly host: string
  readonly operation: number
  readonly permissionType: number
}

/** The ACL in words; undefined when a number is one that only a newer Kafka knows. */
export function aclOf(wire: WireAcl): Acl | undefined {
  const resource = wordFor(ACL_RESOURCE, wire.resourceType)
  const pattern = wordFor(ACL_PATTERN, wire.patternType)
  const operation = wordFor(ACL_OPERATION, wire.operation)
  const permission = wordFor(ACL_PERMISSION, wire.permissionType)
  if (resource === undefined || pattern === undefined || operation === undefined || permission === undefined)
    return undefined
  return { resource, name: wire.resourceName, pattern, principal: wire.principal, host: wire.host, operation, permission }
}

/** A text that is equal for equal ACLs. */
export function aclKey(acl: Acl): string {
  return [acl.resource, acl.pattern, acl.name, acl.principal, acl.host, acl.permission, acl.operation].join('\u0000')
}
