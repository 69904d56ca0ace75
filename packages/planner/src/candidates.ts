// SPDX-License-Identifier: Apache-2.0
/** How many brokers of each machine a workload needs. Prices and the choice among machines are not here. */
import type { Constraint, PlanLimits } from '@kaas/domain'
import type { Catalogue, Instance } from './catalogue.ts'
import { bindingOf, constraintOf } from './constraint.ts'
import { brokerConstraints, type DedicatedInput } from './dedicated-constraints.ts'
import type { Profile } from './profiles.ts'

/** A number of brokers of one machine, with everything that follows from it. */
export interface Candidate {
  readonly instance: Instance
  readonly brokers: number
  readonly constraints: readonly Constraint[]
  readonly binding: Constraint
}

/** One candidate per machine that has enough memory, whether or not the cluster would be too large. */
export function candidatesFor(limits: PlanLimits, catalogue: Catalogue, profile: Profile): readonly Candidate[] {
  return catalogue.instances
    .filter((instance) => instance.memoryBytes >= profile.leastMemoryBytes.value)
    .map((instance) => candidateFor({ limits, instance, catalogue, profile }))
}

function candidateFor(input: DedicatedInput): Candidate {
  const rows = brokerConstraints(input)
  const least = Math.max(...rows.map((row) => row.demand / (row.perBroker * row.target)))
  const { zones } = input.catalogue
  const brokers = Math.ceil(wholeUp(least) / zones) * zones
  return { instance: input.instance, brokers, ...sharesAt(rows, brokers) }
}

/** Every constraint with `brokers` brokers, and the one that binds. */
export function sharesAt(rows: ReturnType<typeof brokerConstraints>, brokers: number) {
  const constraints = rows.map(({ perBroker, ...row }) => constraintOf({ ...row, taken: 0, capacity: perBroker * brokers }))
  const binding = bindingOf(constraints)
  if (binding === undefined) throw new RangeError('A plan without constraints cannot be.')
  return { constraints, binding }
}

/** The next whole number, forgiving the last bits of a division that is exact on paper. */
function wholeUp(value: number): number {
  return Math.ceil(value * (1 - 4 * Number.EPSILON))
}
