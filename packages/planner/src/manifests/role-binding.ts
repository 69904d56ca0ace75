// SPDX-License-Identifier: Apache-2.0
/** RoleBinding: the groups of the tenant's team may look at what is in its namespace, and at nothing else. No person is ever bound. */
import type { Manifest } from './manifest.ts'
import { metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** `view` shows no Secret and changes nothing: changes go through the platform, credentials come from `kaas connect`. */
export function roleBindingFor({ tenant, team, platform }: CheckedInput): Omit<Manifest, 'path'> {
  const external = team?.spec.externalGroups ?? []
  const groups = external.length > 0 ? external : [`${platform.groupPrefix}${tenant.spec.team}`]
  return {
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadataOf(tenant, 'team-view'),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
      subjects: groups.map((name) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name })),
    },
    because: [],
  }
}
