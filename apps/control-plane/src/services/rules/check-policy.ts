// SPDX-License-Identifier: Apache-2.0
/** Rules of policies: their expressions can be read, and the team of their scope exists. */
import type { ResourceOf } from '@kaas/domain'
import { withProblems } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import type { StoredResource, StoreSession } from '@kaas/store'
import { compileRule, ruleProblemOf } from '../../policies/rule-language.ts'
import { missingReference } from '../resource-paths.ts'
import { MOST_POLICIES } from './check-policies.ts'

/** Throws `document-invalid` with every expression that cannot be read, `resource-absent` for an unknown team, and `limit-exceeded`. */
export async function checkPolicy(
  session: StoreSession,
  document: ResourceOf<'Policy'>,
  stored: StoredResource<'Policy'> | undefined,
): Promise<void> {
  refuseUnreadable(document)
  if (stored === undefined) await refuseTooMany(session)
  const { scope } = document.spec
  if (scope === 'platform') return
  const team = await session.loadResource({ kind: 'Team', name: scope.team })
  if (team === undefined) throw missingReference('spec.scope.team', 'Team', scope.team)
}

/** Throws `document-invalid` with every expression that cannot be read. */
export function refuseUnreadable({ metadata, spec }: ResourceOf<'Policy'>): void {
  const fields = spec.rules.flatMap(({ allowWhen }, index) => {
    const message = problemIn(allowWhen)
    return message === undefined ? [] : [{ path: `spec.rules[${index}].allowWhen`, message }]
  })
  if (fields.length === 0) return
  throw new KaasError('document-invalid', {
    message: withProblems(`The policy "${metadata.name}" cannot be read.`, fields),
    help: 'Write CEL over document, before, tenant, team and environment; the guide docs/guides/policies.md has examples.',
    fields,
  })
}

function problemIn(expression: string): string | undefined {
  try {
    compileRule(expression)
    return undefined
  } catch (thrown) {
    return ruleProblemOf(thrown)
  }
}

async function refuseTooMany(session: StoreSession): Promise<void> {
  const { count } = await session.countOfTenant('Policy', '')
  if (count < MOST_POLICIES) return
  throw new KaasError('limit-exceeded', {
    message: `There are ${count} policies; each write asks all of them.`,
    help: 'Put rules together into fewer policies, or delete some.',
  })
}
