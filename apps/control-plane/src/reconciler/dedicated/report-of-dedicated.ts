// SPDX-License-Identifier: Apache-2.0
/** What the state of a living tenant with Kafka of its own means for its conditions and for when to look again. Pure. */
import { toCondition } from '@kaas/errors'
import { endpointsOf, type ObservedObject } from '@kaas/kube'
import { objectsOf } from '../../code/cluster-view.ts'
import { fileOf } from '../../code/tenant-documents.ts'
import { blocked, settled, type Verdict, working } from '../conditions.ts'
import { LOOK_AGAIN_MS, STEP_WAIT_MS } from '../intervals.ts'
import type { Report } from '../run-context.ts'
import type { DedicatedObservation } from './observe-dedicated.ts'
import { type DedicatedState, writtenUpTo } from './state-of-dedicated.ts'

/** The report. `observed` shows steps, commit, brokers and the address as soon as they are known. */
export function reportOfDedicated(observation: DedicatedObservation, state: DedicatedState): Report {
  const againInMs = state.kind === 'Provisioning' ? STEP_WAIT_MS : LOOK_AGAIN_MS
  return { verdict: verdictOf(observation, state), observed: observedOf(observation, state), againInMs }
}

function observedOf(observation: DedicatedObservation, state: DedicatedState): Readonly<Record<string, unknown>> {
  const { tenant } = observation
  if (observation.kind !== 'rendered') return { ...tenant.status?.observed, steps: state.steps }
  const { difference, plan, view } = observation
  const kafka = view.kind === 'unwatched' ? undefined : kafkaIn(objectsOf(view.kafka), tenant.name)
  const bootstrap = bootstrapOf(kafka) ?? tenant.status?.observed.bootstrap
  const written = writtenUpTo(tenant)
  return {
    steps: state.steps,
    ...(difference.commit === undefined ? {} : { commit: difference.commit }),
    ...(bootstrap === undefined ? {} : { bootstrap }),
    ...versionsOf(kafka, tenant.status?.observed),
    brokers: plan.brokers,
    file: fileOf(tenant.name),
    ...(written === '' ? {} : { writtenUpTo: written }),
  }
}

/** What Kafka reports of itself, else what it reported last: an upgrade must not forget where it was. */
function versionsOf(kafka: ObservedObject | undefined, before: Readonly<Record<string, unknown>> = {}) {
  const { kafkaVersion = before.kafkaVersion, kafkaMetadataVersion = before.kafkaMetadataVersion } = kafka?.status ?? {}
  return {
    ...(kafkaVersion === undefined ? {} : { kafkaVersion }),
    ...(kafkaMetadataVersion === undefined ? {} : { kafkaMetadataVersion }),
  }
}

function verdictOf(observation: DedicatedObservation, state: DedicatedState): Verdict {
  switch (state.kind) {
    case 'NotConfigured':
      return blocked('Planned', state.kind, state.reason)
    case 'Refused': {
      const { reason, message } = toCondition(state.error)
      return blocked('Planned', reason, message)
    }
    case 'TakingOver':
      return planned(observation, working(state.kind, state.reason, 'wait for all documents'))
    case 'FilesDiffer':
    case 'Unannounced':
      return planned(observation, working(state.kind, state.reason, 'git'))
    case 'Provisioning': {
      const { name, state: progress, reason, message } = state.step
      const verdict = working(reason, message, name)
      if (progress !== 'unknown') return planned(observation, verdict)
      const unknown = { ...verdict.Ready, status: 'Unknown' } as const
      return planned(observation, { ...verdict, Provisioned: unknown, Ready: unknown })
    }
    case 'Ready':
      return planned(observation, settled(state.reason))
    default:
      return state satisfies never
  }
}

/** The plan in one sentence stands in the condition Planned. */
function planned(observation: DedicatedObservation, verdict: Verdict): Verdict {
  if (observation.kind !== 'rendered') return verdict
  const { brokers, broker, zones, binding, cost } = observation.plan
  const message = `${brokers} brokers (${broker.instance}) over ${zones} zones, about ${Math.round(cost.total)} dollars a month; ${binding} binds.`
  return { ...verdict, Planned: { status: 'True', reason: 'Planned', message } }
}

function kafkaIn(objects: readonly ObservedObject[], tenant: string): ObservedObject | undefined {
  return objects.find(({ kind, name }) => kind === 'Kafka' && name === tenant)
}

/** The address for clients outside of Kubernetes; by certificate first, as that is the default. */
function bootstrapOf(kafka: ObservedObject | undefined): string | undefined {
  return kafka === undefined ? undefined : endpointsOf(kafka).find(({ isExternal }) => isExternal)?.bootstrap
}
