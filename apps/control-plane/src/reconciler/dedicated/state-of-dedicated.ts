// SPDX-License-Identifier: Apache-2.0
/** Names the state of a living tenant with Kafka of its own, with the reason. Pure; tested as a table. */
import type { KaasError } from '@kaas/errors'
import type { ProvisioningStep } from '@kaas/http-contract'
import type { TenantIntent } from '../../code/tenant-documents.ts'
import type { DedicatedObservation } from './observe-dedicated.ts'
import { stepsOf, stepToShow } from './steps-of.ts'

/** Where it stands. `reason` is a sentence for its conditions. */
export type DedicatedState = { readonly reason: string; readonly steps: readonly ProvisioningStep[] } & (
  | { readonly kind: 'NotConfigured' }
  | { readonly kind: 'Refused'; readonly error: KaasError }
  | { readonly kind: 'TakingOver' }
  | {
      readonly kind: 'FilesDiffer'
      readonly intent: TenantIntent
      readonly drift: boolean
      readonly paths: readonly string[]
    }
  | { readonly kind: 'Provisioning'; readonly step: ProvisioningStep }
  | { readonly kind: 'Unannounced'; readonly upTo: Date }
  | { readonly kind: 'Ready' }
)

/** The first of these that is true, in this order. */
export function stateOfDedicated(observation: DedicatedObservation): DedicatedState {
  const { tenant } = observation
  switch (observation.kind) {
    case 'unconfigured':
      return {
        kind: 'NotConfigured',
        steps: [],
        reason:
          'This control plane has no repository of tenants: set KAAS_GIT_URL, and KAAS_KUBECONFIG_FILE to see what becomes of it.',
      }
    case 'refused':
      return { kind: 'Refused', steps: [], error: observation.error, reason: observation.error.message }
    case 'rendered': {
      const { intent, difference, current, view } = observation
      const isolation = tenant.spec.isolation === 'cluster' ? 'cluster' : 'namespace'
      const files = { differing: difference.files.size, commit: difference.commit, current }
      const steps = stepsOf(tenant.name, isolation, files, view)
      if (observation.unstored.length > 0) return { kind: 'TakingOver', steps, reason: takingOver(observation.unstored) }
      if (difference.files.size > 0) {
        const drift = writtenUpTo(tenant) >= intent.upTo.toISOString()
        const reason = `${difference.files.size} files in Git differ from what was ordered.`
        return { kind: 'FilesDiffer', steps, intent, drift, paths: [...difference.files.keys()], reason }
      }
      if (writtenUpTo(tenant) < intent.upTo.toISOString()) {
        return { kind: 'Unannounced', steps, upTo: intent.upTo, reason: 'Topics and users are told that Git holds them.' }
      }
      const step = stepToShow(steps)
      if (step !== undefined) return { kind: 'Provisioning', steps, step, reason: step.message }
      return { kind: 'Ready', steps, reason: 'Kafka runs as ordered, with its topics and users.' }
    }
    default:
      return observation satisfies never
  }
}

/** To write now would take topics and users out of Git, and their records with them. */
function takingOver(unstored: readonly string[]): string {
  const some = unstored.slice(0, 3).join(', ')
  const more = unstored.length > 3 ? ` and ${unstored.length - 3} more` : ''
  return `Git has documents of the tenant that are not stored here: ${some}${more}. Put them as well (kaas restore --from-git), or take them out of its file.`
}

/** Up to which change Git holds everything of the tenant, as it was reported last; empty before the first time. */
export function writtenUpTo({ status }: Pick<DedicatedObservation['tenant'], 'status'>): string {
  const stored = status?.observed.writtenUpTo
  return typeof stored === 'string' ? stored : ''
}
