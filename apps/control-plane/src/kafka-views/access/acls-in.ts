// SPDX-License-Identifier: Apache-2.0
/** The ACLs that Kafka should hold for a user, wherever it is: made by the reconciler where it is shared, by Strimzi where it is the tenant's own. */
import type { TenantNames, UserSpec } from '@kaas/domain'
import type { Acl, AclOperation } from '@kaas/kafka-admin'
import { type KafkaAcl, kafkaAclsFor } from '@kaas/planner'
import { aclsFor } from '../../reconciler/user/acls-for.ts'

/** Each once, in physical names. */
export function aclsIn(names: TenantNames, user: string, spec: UserSpec): readonly Acl[] {
  if (!names.isOwn) return aclsFor(names.tenant, user, spec)
  const principal = names.principal(user, spec.authentication)
  return kafkaAclsFor(spec).flatMap((acl) => acl.operations.map((operation) => aclOf(acl, operation, principal)))
}

function aclOf({ type, resource, host }: KafkaAcl, operation: string, principal: string): Acl {
  const target =
    resource.type === 'cluster'
      ? ({ name: 'kafka-cluster', pattern: 'literal' } as const)
      : ({ name: resource.name, pattern: resource.patternType === 'prefix' ? 'prefixed' : 'literal' } as const)
  const named = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as AclOperation
  return { resource: resource.type, ...target, principal, host, operation: named, permission: type }
}
