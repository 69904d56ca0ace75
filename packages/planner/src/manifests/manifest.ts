// SPDX-License-Identifier: Apache-2.0
/** A Kubernetes object as plain data, the file it goes to, and which fields the plan decided and why. Nothing is rendered here. */
import type { Constraint, DedicatedPlan } from '@kaas/domain'
import { KaasError } from '@kaas/errors'

/** Plain data as Kubernetes takes it. */
export interface KubernetesObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata?: {
    readonly name: string
    readonly namespace?: string
    readonly labels?: Readonly<Record<string, string>>
    readonly annotations?: Readonly<Record<string, string>>
  }
  readonly [field: string]: unknown
}

/** A field by its way from the root of the object, and the constraint or rule that decided its value, in one line. */
export interface Because {
  readonly path: readonly (string | number)[]
  readonly reason: string
}

/** One file of the repository of tenants. `path` is relative to its root and uses slashes. */
export interface Manifest {
  readonly path: string
  readonly object: KubernetesObject
  readonly because: readonly Because[]
}

/** A plan of an own cluster that holds its workload. */
export type FittingPlan = Extract<DedicatedPlan, { kind: 'fits' }>

/** The constraint with one of the names, the first that the plan has. Throws `internal-bug` for a plan without them. */
export function constraintNamed(plan: FittingPlan, ...names: readonly string[]): Constraint {
  const found = names.flatMap((name) => plan.constraints.filter((each) => each.name === name))[0]
  if (found === undefined) {
    throw new KaasError('internal-bug', { message: `The plan has no constraint "${names.join('" or "')}".` })
  }
  return found
}

/** The reason of a field that follows from a constraint: `plan: cores, F12: half busy`. */
export function reasonOf(constraint: Constraint): string {
  return `plan: ${constraint.name}, ${constraint.source}`
}
