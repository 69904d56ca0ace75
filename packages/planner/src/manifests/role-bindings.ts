// SPDX-License-Identifier: Apache-2.0
/** RoleBindings of people, all of them by group: the tenant's team may look, administrators may act. No person is ever bound. */
import type { Manifest } from './manifest.ts'
import { metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/**
 * `view` shows no Secret and changes nothing: changes go through the platform, credentials come from `kaas connect`. `admin` is
 * everything in this one namespace but its own quota.
 */
export function roleBindingsFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const { tenant, team, platform } = input
  const external = team?.spec.externalGroups ?? []
  const groups = external.length > 0 ? external : [`${platform.groupPrefix}${tenant.spec.team}`]
  return [binding(input, 'team-view', 'view', groups), binding(input, 'administrators', 'admin', [platform.adminGroup])]
}

function binding({ tenant }: CheckedInput, name: string, role: string, groups: readonly string[]): Omit<Manifest, 'path'> {
  return {
    object: {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: metadataOf(tenant, name),
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role },
      subjects: groups.map((each) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: each })),
    },
    because: [],
  }
}
