// SPDX-License-Identifier: Apache-2.0
/** Who of the people may do what in Kubernetes, all of them by group: the tenant's team may look, administrators may act. No person is ever bound. */
import type { KubernetesObject, Manifest } from './manifest.ts'
import { groupOf, labelsOf, metadataOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

const RBAC = 'rbac.authorization.k8s.io'
/** In the cluster of a hard tenant. */
const TEAM_VIEW = 'kaas-team-view'
const TEAM_NODES = 'kaas-team-nodes'

/**
 * `view` shows objects and logs but no Secret, and changes nothing: changes go through the platform, credentials come from `kaas connect`.
 * It does not forward ports either, which would lead around network policies. `admin` is everything in this one namespace but its own quota.
 */
export function roleBindingsFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const { tenant, platform } = input
  const team = teamGroups(input)
  const administrators = [groupOf(platform, platform.adminGroup)]
  return [
    ...(team.length === 0 ? [] : [binding('RoleBinding', metadataOf(tenant, 'team-view'), 'view', team)]),
    binding('RoleBinding', metadataOf(tenant, 'administrators'), 'admin', administrators),
  ].map(unexplained)
}

/** In a cluster of its own the team sees all namespaces, and the machines that it pays for. */
export function clusterRolesFor(input: CheckedInput): readonly Omit<Manifest, 'path'>[] {
  const team = teamGroups(input)
  if (team.length === 0) return []
  const metadata = (name: string) => ({ name, labels: labelsOf(input.tenant) })
  const nodes = {
    apiVersion: `${RBAC}/v1`,
    kind: 'ClusterRole',
    metadata: metadata(TEAM_NODES),
    rules: [
      { apiGroups: [''], resources: ['nodes', 'persistentvolumes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: ['get', 'list', 'watch'] },
    ],
  }
  return [
    nodes,
    binding('ClusterRoleBinding', metadata(TEAM_VIEW), 'view', team),
    binding('ClusterRoleBinding', metadata(TEAM_NODES), TEAM_NODES, team),
  ].map(unexplained)
}

function teamGroups({ tenant, team, platform }: CheckedInput): readonly string[] {
  if (platform.teamAccess === 'none') return []
  const external = team?.spec.externalGroups ?? []
  const groups = external.length > 0 ? external : [`${platform.groupPrefix}${tenant.spec.team}`]
  return groups.map((group) => groupOf(platform, group))
}

function binding(
  kind: 'RoleBinding' | 'ClusterRoleBinding',
  metadata: NonNullable<KubernetesObject['metadata']>,
  role: string,
  groups: readonly string[],
): KubernetesObject {
  return {
    apiVersion: `${RBAC}/v1`,
    kind,
    metadata,
    roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
    subjects: groups.map((name) => ({ apiGroup: RBAC, kind: 'Group', name })),
  }
}

function unexplained(object: KubernetesObject): Omit<Manifest, 'path'> {
  return { object, because: [] }
}
