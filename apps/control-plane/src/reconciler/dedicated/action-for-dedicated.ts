// SPDX-License-Identifier: Apache-2.0
/** The one action that the state of a living tenant with Kafka of its own calls for. Pure; tested as a table. */
import type { TenantIntent } from '../../code/tenant-documents.ts'
import type { DedicatedState } from './state-of-dedicated.ts'

/** What to do, with all it needs. */
export type DedicatedAction =
  /** `drift`: nothing new was ordered; somebody changed files by hand, or they are rendered by newer rules. */
  | {
      readonly kind: 'writeFiles'
      readonly intent: TenantIntent
      readonly drift: boolean
      readonly paths: readonly string[]
      readonly key: string
    }
  /** Tells topics and users that Git holds them. */
  | { readonly kind: 'announceFiles'; readonly upTo: Date }

/** Undefined where Kubernetes works, somebody must change something, or all is as it should be. */
export function actionForDedicated(state: DedicatedState): DedicatedAction | undefined {
  switch (state.kind) {
    case 'FilesDiffer': {
      const { intent, drift, paths } = state
      // What was ordered while the last commit was made is another change.
      return { kind: 'writeFiles', intent, drift, paths, key: `writeFiles ${intent.upTo.toISOString()}` }
    }
    case 'Unannounced':
      return { kind: 'announceFiles', upTo: state.upTo }
    case 'NotConfigured':
    case 'Refused':
    case 'TakingOver':
    case 'Provisioning':
    case 'Ready':
      return undefined
    default:
      return state satisfies never
  }
}
