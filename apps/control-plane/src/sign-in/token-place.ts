// SPDX-License-Identifier: Apache-2.0
/** Where a token holds, as questions about rights name places. */
import type { Question, RightScope } from '@kaas/domain'

/** The place of a scope; `team` is the owner of the tenant when the scope is one. */
export function placeOf(scope: RightScope, team: string | undefined): Pick<Question, 'tenant' | 'team'> {
  if (scope === 'platform') return {}
  return 'team' in scope ? { team: scope.team } : { tenant: scope.tenant, team }
}
