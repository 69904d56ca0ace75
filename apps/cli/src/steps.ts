// SPDX-License-Identifier: Apache-2.0
/** The steps of a tenant with an own Kafka, as its status lists them, and the one that runs now. */
import type { ResourceAnswer } from '@kaas/http-contract'

/** One step. `state` is what the server says: done, running, waiting, failed, or unknown while nothing is heard. */
export interface StatusStep {
  readonly name: string
  readonly state: string
  readonly since?: string
  readonly message?: string
  /** What is looked at: `Kafka kaas-shop/shop`. */
  readonly object?: string
}

const TITLES: Readonly<Record<string, string>> = {
  git: 'Git',
  namespace: 'namespace',
  cluster: 'Kubernetes cluster',
  components: 'platform components',
  kafka: 'Kafka',
  access: 'topics and users',
}

/** The step in a person's words; a step that this version does not know keeps its name. */
export function titleOf({ name }: StatusStep): string {
  return TITLES[name] ?? name
}

/** The list in order; empty for what is made in one go. Entries of another shape, of a newer server, are left out. */
export function stepsOf({ status }: ResourceAnswer): readonly StatusStep[] {
  const steps = status?.observed.steps
  return Array.isArray(steps) ? steps.flatMap(stepFrom) : []
}

/** What happens now, for one line: `3/4 Kafka: 2 of 3 brokers are ready`; undefined before anything was said. */
export function runningStepOf(resource: ResourceAnswer): string | undefined {
  const steps = stepsOf(resource)
  const done = steps.filter(({ state }) => state === 'done').length
  const now = ['failed', 'running', 'unknown', 'waiting'].flatMap((state) => steps.filter((each) => each.state === state))[0]
  if (now !== undefined) return `${done + 1}/${steps.length} ${[titleOf(now), now.message].filter(Boolean).join(': ')}`
  const open = resource.status?.conditions.find(({ status }) => status !== 'True')
  return open === undefined ? undefined : (open.step ?? open.message)
}

function stepFrom(value: unknown): readonly StatusStep[] {
  if (typeof value !== 'object' || value === null) return []
  const { name, state, ...rest } = value as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || typeof state !== 'string') return []
  return [{ name, state, ...Object.fromEntries(Object.entries(rest).filter(([, each]) => typeof each === 'string')) }]
}
