// SPDX-License-Identifier: Apache-2.0
/**
 * `namespaces/<tenant>.yaml`: the namespace, who may do what in it, and the account as which Flux applies the rest. It is applied
 * with the platform's rights and lies outside the tenant's folder (decision 0013); nothing in that folder can widen it.
 */
import type { KubernetesObject, Manifest } from './manifest.ts'
import { KEPT, metadataOf, namespaceOf } from './names-of.ts'
import { namespaceFor } from './namespace.ts'
import { roleBindingsFor } from './role-bindings.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The ServiceAccount that Flux acts as. It has no token of its own: Flux impersonates it. */
export const DEPLOYER = 'kaas-deployer'

/** A kind that the account may write, or only look at. */
export interface DeployedKind {
  readonly apiGroup: string
  readonly resource: string
  readonly onlyRead?: boolean
}

/** The kinds of the folders `kafka` and `access`. */
const KAFKA_KINDS: readonly DeployedKind[] = [
  ['', 'limitranges', 'resourcequotas'],
  ['cert-manager.io', 'certificates'],
  ['kafka.strimzi.io', 'kafkanodepools', 'kafkarebalances', 'kafkas', 'kafkatopics', 'kafkausers'],
  ['monitoring.coreos.com', 'podmonitors', 'prometheusrules'],
  ['networking.k8s.io', 'networkpolicies'],
].flatMap(([apiGroup = '', ...resources]) => resources.map((resource) => ({ apiGroup, resource })))

/** The objects of the file. `kinds` is what the account deploys here when that is not Kafka. */
export function namespaceFileFor(input: CheckedInput, kinds: readonly DeployedKind[] = KAFKA_KINDS): readonly Manifest[] {
  const path = `namespaces/${input.tenant.metadata.name}.yaml`
  const accounts = [...accountFor(input, kinds), ...readerFor(input)].map((object) => ({ object, because: [] }))
  return [namespaceFor(input), ...roleBindingsFor(input), ...accounts].map((each) => ({ path, ...each }))
}

/** Kept like the namespace itself: without the account Flux could not take away what it applied. */
function accountFor({ tenant }: CheckedInput, kinds: readonly DeployedKind[]): readonly KubernetesObject[] {
  const metadata = { ...metadataOf(tenant, DEPLOYER), annotations: KEPT }
  const apiGroup = 'rbac.authorization.k8s.io'
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, automountServiceAccountToken: false },
    { apiVersion: `${apiGroup}/v1`, kind: 'Role', metadata, rules: rulesFor(kinds) },
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup, kind: 'Role', name: DEPLOYER },
      subjects: [{ kind: 'ServiceAccount', name: DEPLOYER, namespace: namespaceOf(tenant) }],
    },
  ]
}

/**
 * The control plane reads credentials and the kubeconfig here, by their names. Names are those of its chart. Kept, since the removal of a
 * tenant reads the kubeconfig after the files went.
 */
function readerFor({ tenant, platform }: CheckedInput): readonly KubernetesObject[] {
  if (platform.controlPlane === undefined) return []
  const { namespace, release } = platform.controlPlane
  const apiGroup = 'rbac.authorization.k8s.io'
  return [
    {
      apiVersion: `${apiGroup}/v1`,
      kind: 'RoleBinding',
      metadata: { ...metadataOf(tenant, 'kaas-control-plane-secrets'), annotations: KEPT },
      roleRef: { apiGroup, kind: 'ClusterRole', name: `${namespace}-${release}-secrets` },
      subjects: [{ kind: 'ServiceAccount', name: release, namespace }],
    },
  ]
}

const LOOK = ['get', 'list', 'watch'] as const
const WRITE = [...LOOK, 'create', 'update', 'patch', 'delete'] as const

function rulesFor(kinds: readonly DeployedKind[]): readonly object[] {
  const keys = [...new Set(kinds.map(({ apiGroup, onlyRead }) => `${apiGroup} ${onlyRead === true ? 'look' : 'write'}`))]
  return keys.toSorted().map((key) => {
    const same = kinds.filter(({ apiGroup, onlyRead }) => key === `${apiGroup} ${onlyRead === true ? 'look' : 'write'}`)
    return {
      apiGroups: [same[0]?.apiGroup],
      resources: same.map(({ resource }) => resource).toSorted(),
      verbs: key.endsWith('look') ? LOOK : WRITE,
    }
  })
}
