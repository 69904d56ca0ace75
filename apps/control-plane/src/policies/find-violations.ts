// SPDX-License-Identifier: Apache-2.0
/** What policies say against a document. All of them are asked, so that everything can be mended at once. */
import type { PolicySpec } from '@kaas/domain'
import { isAbout, type PolicySubject, variablesOf } from './policy-subject.ts'
import { type CompiledRule, compileRule, type RuleVariables, ruleProblemOf } from './rule-language.ts'
import { runBounded } from './run-bounded.ts'

/** For all policies of one document together. */
const LONGEST_MS = 200

/** A policy by its name. */
export interface NamedPolicy {
  readonly name: string
  readonly spec: PolicySpec
}

/** One thing that a policy says against a document. */
export interface Violation {
  readonly policy: string
  readonly severity: 'refuse' | 'warn'
  readonly message: string
  readonly field?: string
  /** True when the policy could not be decided: it must be mended, not the document. */
  readonly broken: boolean
}

/** In the order of policies and rules. Never throws: a rule that cannot be decided is a violation that says so. */
export function findViolations(policies: readonly NamedPolicy[], subject: PolicySubject): readonly Violation[] {
  const asked = policies.filter(({ spec }) => isAbout(spec, subject))
  if (asked.length === 0) return []
  const variables = variablesOf(subject)
  const found: Violation[] = []
  // Which policy runs, for the case that it never ends.
  let running = asked[0]
  const done = runBounded(LONGEST_MS, () => {
    for (const policy of asked) {
      running = policy
      found.push(...violationsOf(policy, variables))
    }
  })
  if (done === undefined && running !== undefined) found.push(broken(running, `It was not decided within ${LONGEST_MS} ms.`))
  return found
}

function violationsOf(policy: NamedPolicy, variables: RuleVariables): readonly Violation[] {
  const { name, spec } = policy
  return spec.rules.flatMap(({ allowWhen, message, field }): readonly Violation[] => {
    const decided = decide(allowWhen, variables)
    if ('problem' in decided) return [broken(policy, decided.problem, field)]
    if (decided.allowed) return []
    return [{ policy: name, severity: spec.severity, message, ...(field === undefined ? {} : { field }), broken: false }]
  })
}

function decide(expression: string, variables: RuleVariables): { readonly allowed: boolean } | { readonly problem: string } {
  try {
    const rule: CompiledRule = compileRule(expression)
    return { allowed: rule(variables) }
  } catch (thrown) {
    return { problem: ruleProblemOf(thrown) }
  }
}

function broken({ name, spec }: NamedPolicy, problem: string, field?: string): Violation {
  const message = `The policy cannot be decided for this document: ${problem}`
  return { policy: name, severity: spec.severity, message, ...(field === undefined ? {} : { field }), broken: true }
}
