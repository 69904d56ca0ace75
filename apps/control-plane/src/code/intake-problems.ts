// SPDX-License-Identifier: Apache-2.0
/** What is wrong with documents in Git, by tenant. It follows from the repository, so it is kept in memory only. */
import type { KaasError } from '@kaas/errors'

/** One per process; written by the intake, read when conditions are made. */
export class IntakeProblems {
  readonly #problems = new Map<string, KaasError>()

  /** How many tenants have something wrong. */
  get count(): number {
    return this.#problems.size
  }

  of(tenant: string): KaasError | undefined {
    return this.#problems.get(tenant)
  }

  /** Keeps or takes away what is wrong. True when it says something else now. */
  set(tenant: string, problem: KaasError | undefined): boolean {
    const before = this.#problems.get(tenant)
    if (problem === undefined) this.#problems.delete(tenant)
    else this.#problems.set(tenant, problem)
    return before?.message !== problem?.message
  }
}
