// SPDX-License-Identifier: Apache-2.0
/**
 * The rights of a user on a cluster of its tenant's own, in the words of a KafkaUser. Roles mean what they mean on a shared
 * cluster: there on the tenant's prefix, here on all names but those of Kafka and Strimzi themselves.
 */
import { type AccessRule, INTERNAL_TOPIC_PREFIXES, ROLE_RIGHTS, type UserSpec } from '@kaas/domain'

type Resource = AccessRule['resource']
type Operation = AccessRule['operations'][number]

/** What an ACL is about; the cluster has no name. */
type AclTarget =
  | { readonly type: Resource; readonly name: string; readonly patternType: 'literal' | 'prefix' }
  | { readonly type: 'cluster' }

/** One rule of a KafkaUser, as Strimzi writes it. */
export interface KafkaAcl {
  readonly type: 'allow' | 'deny'
  readonly resource: AclTarget
  readonly operations: readonly string[]
  readonly host: '*'
}

/** The ACLs of the user, each once, in the order of roles and rules. */
export function kafkaAclsFor({ roles, access }: UserSpec): readonly KafkaAcl[] {
  const fromRoles = roles.flatMap((role) =>
    ROLE_RIGHTS[role].map(([type, operations]) => allow(everyName(type), operations.map(kafkaName))),
  )
  const fromRules = access.map(({ resource: type, name, pattern, operations }) =>
    allow(name === '*' ? everyName(type) : { type, name, patternType: pattern }, operations.map(kafkaName)),
  )
  const allowed = [...new Map([...fromRoles, ...fromRules].map((acl) => [JSON.stringify(acl), acl])).values()]
  return allowed.some(reachesInternal) ? [...denyInternal(CHANGES), ...allowed] : allowed
}

/** Keeps a user from doing this with Kafka's own topics and those of Strimzi. */
export function denyInternal(operations: readonly string[]): readonly KafkaAcl[] {
  return INTERNAL_TOPIC_PREFIXES.map((name) => ({
    type: 'deny',
    resource: { type: 'topic', name, patternType: 'prefix' },
    operations,
    host: '*',
  }))
}

/** Allows this from everywhere. */
export function allow(resource: AclTarget, operations: readonly string[]): KafkaAcl {
  return { type: 'allow', resource, operations, host: '*' }
}

const CHANGES = ['Write', 'Create', 'Delete', 'Alter', 'AlterConfigs']

function everyName(type: Resource): AclTarget {
  return { type, name: '*', patternType: 'literal' }
}

function reachesInternal({ resource, operations }: KafkaAcl): boolean {
  if (resource.type !== 'topic' || operations.every((operation) => operation === 'Read' || operation === 'Describe'))
    return false
  if (resource.patternType === 'literal')
    return resource.name === '*' || INTERNAL_TOPIC_PREFIXES.some((each) => resource.name.startsWith(each))
  return INTERNAL_TOPIC_PREFIXES.some((each) => each.startsWith(resource.name) || resource.name.startsWith(each))
}

/** `describeConfigs` is `DescribeConfigs` there. */
function kafkaName(operation: Operation): string {
  return operation.charAt(0).toUpperCase() + operation.slice(1)
}
