// SPDX-License-Identifier: Apache-2.0
/** The way of an order as steps with times: those that a tenant with Kafka of its own reports, else its conditions. */
import type { Condition } from '@kaas/domain'
import { dedicatedObservedSchema, type ResourceAnswer } from '@kaas/http-contract'

/** One step. `tookMs` is from the end of the step before to its own. */
export interface StepView {
  readonly name: string
  readonly title: string
  readonly state: 'done' | 'running' | 'failed' | 'unknown' | 'waiting'
  readonly message: string
  readonly since?: string | undefined
  readonly tookMs?: number
}

type Part = Pick<ResourceAnswer, 'metadata' | 'status'>

const STEP_TITLES: Readonly<Record<string, string>> = {
  git: 'Written to Git',
  source: 'Fetched by Flux',
  namespace: 'Namespace',
  infrastructure: 'Infrastructure',
  'control-plane': 'Kubernetes control plane',
  workers: 'Worker nodes',
  kubeconfig: 'Access to the cluster',
  platform: 'Platform components',
  'kafka-applied': 'Kafka ordered from Strimzi',
  kafka: 'Kafka',
  'access-applied': 'Topics and users ordered',
  'topics-and-users': 'Topics and users',
  kubernetes: 'Kubernetes',
}

const CONDITION_TITLES: Readonly<Record<Condition['type'], string>> = {
  Accepted: 'Order accepted',
  Planned: 'Place found',
  Provisioned: 'Kafka prepared',
  Ready: 'Ready to connect',
}

/** The steps in their order. */
export function stepsOf(resource: Part): readonly StepView[] {
  const observed = dedicatedObservedSchema.safeParse(resource.status?.observed ?? {})
  const steps = observed.success ? observed.data.steps : []
  const views: readonly StepView[] =
    steps.length > 0
      ? steps.map(({ name, state, message, since }) => ({ name, title: STEP_TITLES[name] ?? name, state, message, since }))
      : (resource.status?.conditions ?? []).map(stepOfCondition)
  return withTimes(views, resource.metadata.createdAt)
}

/** How long it took from the order to `Ready`, in milliseconds; undefined before. Only for what was never changed. */
export function readyAfterMs({ metadata, status }: Part): number | undefined {
  const ready = status?.conditions.find(({ type }) => type === 'Ready')
  if (ready?.status !== 'True' || metadata.generation !== 1) return undefined
  return Math.max(0, Date.parse(ready.since) - Date.parse(metadata.createdAt))
}

function stepOfCondition({ type, status, reason, message, since, step }: Condition): StepView {
  const words = step === undefined || step === message ? message : `${step}: ${message}`
  return { name: type, title: CONDITION_TITLES[type], state: stateOf(status, reason, step), message: words, since }
}

function stateOf(status: Condition['status'], reason: string, step: string | undefined): StepView['state'] {
  if (status === 'True') return 'done'
  if (status === 'Unknown') return 'unknown'
  return step === undefined && /fail|refus|invalid/i.test(reason) ? 'failed' : 'running'
}

function withTimes(steps: readonly StepView[], createdAt: string): readonly StepView[] {
  let before = Date.parse(createdAt)
  return steps.map((step) => {
    const at = step.since === undefined ? Number.NaN : Date.parse(step.since)
    if (step.state !== 'done' || Number.isNaN(at)) return step
    const tookMs = Math.max(0, at - before)
    before = Math.max(before, at)
    return { ...step, tookMs }
  })
}
