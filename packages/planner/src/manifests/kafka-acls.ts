// SPDX-License-Identifier: Apache-2.0
/**
 * The rights of a user on a cluster of its tenant's own, in the words of a KafkaUser. Roles mean what they mean on a shared
 * cluster: there on the tenant's prefix, here on all names but those of Kafka and Strimzi themselves.
 */
import { type AccessRule, ROLE_RIGHTS, type UserSpec } from '@kaas/domain'

type Resource = AccessRule['resource']
type Operation = AccessRule['operations'][number]

interface KafkaAcl {
  readonly type: 'allow' | 'deny'
  readonly resource: { readonly type: Resource; readonly name: string; readonly patternType: 'literal' | 'prefix' }
  readonly operations: readonly string[]
  readonly host: '*'
}

/** Kafka's own topics, and those of Strimzi's Cruise Control. */
const INTERNAL_PREFIXES = ['__', 'strimzi.cruisecontrol'] as const

/** The ACLs of the user, each once, in the order of roles and rules. */
export function kafkaAclsFor({ roles, access }: UserSpec): readonly KafkaAcl[] {
  const fromRoles = roles.flatMap((role) =>
    ROLE_RIGHTS[role].map(([resource, operations]) => allow(resource, '*', 'literal', operations)),
  )
  const fromRules = access.map(({ resource, name, pattern, operations }) =>
    name === '*' ? allow(resource, '*', 'literal', operations) : allow(resource, name, pattern, operations),
  )
  const allowed = [...new Map([...fromRoles, ...fromRules].map((acl) => [JSON.stringify(acl), acl])).values()]
  return allowed.some(reachesInternal) ? [...INTERNAL_PREFIXES.map(deny), ...allowed] : allowed
}

function reachesInternal({ resource, operations }: KafkaAcl): boolean {
  if (resource.type !== 'topic' || operations.every((operation) => operation === 'Read' || operation === 'Describe'))
    return false
  if (resource.patternType === 'literal')
    return resource.name === '*' || INTERNAL_PREFIXES.some((each) => resource.name.startsWith(each))
  return INTERNAL_PREFIXES.some((each) => each.startsWith(resource.name) || resource.name.startsWith(each))
}

function allow(type: Resource, name: string, patternType: 'literal' | 'prefix', operations: readonly Operation[]): KafkaAcl {
  return { type: 'allow', resource: { type, name, patternType }, operations: operations.map(kafkaName), host: '*' }
}

function deny(name: string): KafkaAcl {
  return {
    type: 'deny',
    resource: { type: 'topic', name, patternType: 'prefix' },
    operations: ['Write', 'Create', 'Delete', 'Alter', 'AlterConfigs'],
    host: '*',
  }
}

/** `describeConfigs` is `DescribeConfigs` there. */
function kafkaName(operation: Operation): string {
  return operation.charAt(0).toUpperCase() + operation.slice(1)
}
