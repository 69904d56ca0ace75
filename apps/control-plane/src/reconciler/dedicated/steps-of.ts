// SPDX-License-Identifier: Apache-2.0
/**
 * The steps of a tenant with Kafka of its own: its files in Git, and then what Flux, Cluster API and Strimzi say. Nothing is guessed: what
 * is not heard is unknown, and what has no status is not ready. Pure.
 */
import type { KaasError } from '@kaas/errors'
import type { ProvisioningStep } from '@kaas/http-contract'
import { type ClusterView, type ObservedObject, tenantSteps } from '@kaas/kube'
import { type ClusterSight, lossOf, type TenantView } from '../../code/cluster-view.ts'

/** Where the tenant's files stand. */
export interface FilesState {
  /** 0 when Git holds what it should. */
  readonly differing: number
  readonly commit: string | undefined
  /** Commits that Flux applied and that have the tenant's files as they are now. */
  readonly current: ReadonlySet<string>
}

/** Steps that are about what is inside of Kafka's cluster; Flux fails there for the same reason for which it is not heard. */
const INSIDE: readonly string[] = ['kafka-applied', 'kafka', 'access-applied', 'topics-and-users']

/** All steps, in order. */
export function stepsOf(
  tenant: string,
  isolation: 'namespace' | 'cluster',
  files: FilesState,
  view: TenantView,
): readonly ProvisioningStep[] {
  const git = gitStep(files)
  if (view.kind === 'unwatched') {
    const message = 'No Kubernetes cluster is configured: set KAAS_KUBECONFIG_FILE to see what becomes of the files.'
    return [git, { name: 'kubernetes', state: 'unknown', reason: 'NotConfigured', message }]
  }
  const lost = lossOf(view.management, 'management cluster')
  const lostInside = isolation === 'cluster' ? lossOf(view.kafka, 'cluster of the tenant') : undefined
  const own = isolation === 'cluster' ? seenOf(view.kafka) : undefined
  const management = seenOf(view.management, view.platform) ?? { objects: [], kinds: [] }
  const steps = tenantSteps({ tenant, isolation, hasCommit: (commit) => files.current.has(commit), management, own })
  return [
    git,
    ...steps.map(({ step, state, reason, message, since }) => {
      const shown = { name: step, state, reason, message, ...(since === undefined ? {} : { since }) }
      const loss = lost ?? (INSIDE.includes(step) ? lostInside : undefined)
      return loss === undefined ? shown : unknownFor(shown, loss)
    }),
  ]
}

/** The step to show: the first that failed, else that is unknown, else that is not done. Topics and users have conditions of their own. */
export function stepToShow(steps: readonly ProvisioningStep[]): ProvisioningStep | undefined {
  const own = steps.filter(({ name }) => name !== 'topics-and-users')
  const first = (wanted: ProvisioningStep['state']) => own.find(({ state }) => state === wanted)
  return first('failed') ?? first('unknown') ?? own.find(({ state }) => state !== 'done')
}

function gitStep({ differing, commit }: FilesState): ProvisioningStep {
  if (differing === 0 && commit !== undefined) {
    return { name: 'git', state: 'done', reason: 'Committed', message: `Git holds its files at ${commit.slice(0, 12)}.` }
  }
  return { name: 'git', state: 'running', reason: 'FilesDiffer', message: `${differing} of its files are written to Git.` }
}

/** As it was when the commits in it were asked of Git; the watch may have gone on since. */
function seenOf(sight: ClusterSight, platform: readonly ObservedObject[] = []): ClusterView | undefined {
  if (sight.kind !== 'seen') return undefined
  return { objects: [...sight.objects, ...platform], kinds: sight.watch.kinds() }
}

function unknownFor(step: ProvisioningStep, { message, help }: KaasError): ProvisioningStep {
  return { ...step, state: 'unknown', reason: 'ConnectionLost', message: `${message} ${help ?? ''}`.trim() }
}
