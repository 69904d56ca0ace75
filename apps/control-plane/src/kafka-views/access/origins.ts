// SPDX-License-Identifier: Apache-2.0
/** Which role or rule of a user each of her ACLs comes from. Pure. */
import type { TenantNames, UserSpec } from '@kaas/domain'
import { type Acl, aclKey } from '@kaas/kafka-admin'
import { aclsIn } from './acls-in.ts'

/** An ACL and what made it: `role producer`, `rule 2`; several when they come to the same. */
export interface AclOrigin {
  readonly acl: Acl
  readonly from: string
}

/** The ACLs that Kafka should hold, each once. */
export function originsOf(names: TenantNames, user: string, spec: UserSpec): readonly AclOrigin[] {
  const nothing = { ...spec, roles: [], access: [] }
  const parts = [
    ...spec.roles.map((role) => ({ from: `role ${role}`, spec: { ...nothing, roles: [role] } })),
    ...spec.access.map((rule, at) => ({ from: `rule ${at + 1}`, spec: { ...nothing, access: [rule] } })),
  ]
  const all = parts.flatMap((part) => aclsIn(names, user, part.spec).map((acl) => ({ acl, from: part.from })))
  return [...Map.groupBy(all, ({ acl }) => aclKey(acl)).values()].map((same) => ({
    acl: (same[0] as AclOrigin).acl,
    from: [...new Set(same.map(({ from }) => from))].join(' and '),
  }))
}
