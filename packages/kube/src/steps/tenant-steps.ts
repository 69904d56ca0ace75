// SPDX-License-Identifier: Apache-2.0
/** The steps of a tenant with a Kafka of its own, from the commit to the last topic, in their order. Pure. */
import type { ObservedObject } from '../cluster-watch.ts'
import { CLUSTER_PARTS, clusterJudgement } from './cluster-steps.ts'
import { appliedJudgement, fluxJudgement, releasedJudgement, sourceJudgement } from './flux-steps.ts'
import { kafkaJudgement, kafkaObjectsJudgement } from './kafka-steps.ts'
import { type ClusterView, findObject, type Judgement, notCreated, type Step } from './step.ts'

/** What the steps are read from. */
export interface TenantView {
  readonly tenant: string
  readonly isolation: 'namespace' | 'cluster'
  /** Whether this commit (full hash) of the branch has the files that the tenant needs now: it is the tenant's commit, or a later one. */
  readonly hasCommit: (commit: string) => boolean
  readonly management: ClusterView
  /** The tenant's own cluster (isolation `cluster`); undefined while it cannot be watched yet. */
  readonly own?: ClusterView | undefined
}

/** Kustomizations of the platform, by what they apply. */
const NAMES = {
  source: { group: 'source.toolkit.fluxcd.io/', kind: 'GitRepository', name: 'kaas' },
  namespaces: { group: 'kustomize.toolkit.fluxcd.io/', kind: 'Kustomization', name: 'kaas-namespaces' },
  infrastructure: { group: 'kustomize.toolkit.fluxcd.io/', kind: 'Kustomization', name: 'kaas-infrastructure' },
  flux: { group: 'kustomize.toolkit.fluxcd.io/', kind: 'Kustomization', name: 'kaas-flux' },
} as const

/**
 * `source`, `namespace`, with isolation `cluster` also `infrastructure`, `control-plane`, `workers`, `kubeconfig` and `platform`, then
 * `kafka-applied`, `kafka`, `access-applied`, `topics-and-users`. Each is judged by itself; the tenant is ready when all are done.
 */
export function tenantSteps(view: TenantView): readonly Step[] {
  const judgements: Readonly<Record<string, Judgement>> = {
    source: sourceJudgement(findObject(view.management, NAMES.source), view.hasCommit, 'GitRepository kaas'),
    namespace: namespaceJudgement(view),
    ...(view.isolation === 'cluster' ? ownClusterJudgements(view) : {}),
    ...kafkaJudgements(view),
  }
  return Object.entries(judgements).map(([step, judgement]) => ({ step, ...judgement }))
}

function namespaceJudgement({ tenant, management }: TenantView): Judgement {
  const name = `kaas-${tenant}`
  const namespace = management.objects.find((object) => object.kind === 'Namespace' && object.name === name)
  if (namespace === undefined) return absentBecause(management, [NAMES.namespaces], `Namespace ${name}`)
  if (namespace.status.phase === 'Active') {
    return { state: 'done', reason: 'Active', message: `Namespace ${name} is there.`, since: namespace.created }
  }
  const message = `Namespace ${name} is ${String(namespace.status.phase)}.`
  return { state: 'running', reason: 'NotActive', message, since: namespace.deletingSince }
}

function ownClusterJudgements({ tenant, management }: TenantView): Readonly<Record<string, Judgement>> {
  const cluster = findObject(management, { group: 'cluster.x-k8s.io/', kind: 'Cluster', name: tenant })
  const what = `Cluster ${tenant}`
  const parts = CLUSTER_PARTS.map((part) => {
    const judgement =
      cluster === undefined ? absentBecause(management, [NAMES.infrastructure], what) : clusterJudgement(cluster, part, what)
    return [part, judgement] as const
  })
  const name = `${tenant}-platform`
  const release = findObject(management, { group: 'helm.toolkit.fluxcd.io/', kind: 'HelmRelease', name })
  const appliers = [{ ...NAMES.flux, name }, NAMES.flux]
  const platform =
    release === undefined ? absentBecause(management, appliers, `HelmRelease ${name}`) : releasedJudgement(release, name)
  return { ...Object.fromEntries(parts), platform }
}

function kafkaJudgements(view: TenantView): Readonly<Record<string, Judgement>> {
  const { tenant, isolation, management, own } = view
  const place = isolation === 'cluster' ? own : management
  const kafka = place && findObject(place, { group: 'kafka.strimzi.io/', kind: 'Kafka', name: tenant })
  const access = place?.objects.filter(isTopicOrUser) ?? []
  return {
    'kafka-applied': kustomizationJudgement(view, `${tenant}-kafka`),
    kafka: place === undefined ? notReachable(tenant) : kafkaJudgement(kafka, `Kafka ${tenant}`),
    'access-applied': kustomizationJudgement(view, `${tenant}-access`),
    'topics-and-users': place === undefined ? notReachable(tenant) : accessJudgement(access, kafka),
  }
}

function kustomizationJudgement({ management, hasCommit }: TenantView, name: string): Judgement {
  const found = findObject(management, { group: 'kustomize.toolkit.fluxcd.io/', kind: 'Kustomization', name })
  const what = `Kustomization ${name}`
  return found === undefined ? absentBecause(management, [NAMES.flux], what) : appliedJudgement(found, hasCommit, what)
}

/** While there is no Kafka, that there are no topics means nothing. */
function accessJudgement(access: readonly ObservedObject[], kafka: ObservedObject | undefined): Judgement {
  if (kafka !== undefined || access.length > 0) return kafkaObjectsJudgement(access)
  return { state: 'waiting', reason: 'NotCreated', message: 'Topics and users come when Kafka is ready.', since: undefined }
}

function isTopicOrUser({ apiVersion, kind }: ObservedObject): boolean {
  return apiVersion.startsWith('kafka.strimzi.io/') && (kind === 'KafkaTopic' || kind === 'KafkaUser')
}

/** What is not there may be so because a Kustomization on the way to it has failed: then the words of the first that did are shown. */
function absentBecause(
  management: ClusterView,
  appliers: readonly { readonly group: string; readonly kind: string; readonly name: string }[],
  what: string,
): Judgement {
  const absent = notCreated(what)
  for (const applier of appliers) {
    const found = findObject(management, applier)
    const { state, reason, message, since } = fluxJudgement(found, applier.name)
    if (state === 'failed')
      return { state, reason, message: `${absent.message} Kustomization ${applier.name}: ${message}`, since }
  }
  return absent
}

function notReachable(tenant: string): Judgement {
  const message = `The cluster of tenant ${tenant} cannot be watched yet.`
  return { state: 'waiting', reason: 'ClusterNotReachable', message, since: undefined }
}
