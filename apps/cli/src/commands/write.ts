// SPDX-License-Identifier: Apache-2.0
/** One document written, and what a person is told of it: outcome and changes. Used by `create` and `apply`. */
import { KaasError } from '@kaas/errors'
import type { PutAnswer, ResourceName } from '@kaas/http-contract'
import { renderChanges } from '../render/changes.ts'
import type { Session } from '../session.ts'

/** What is said of one PUT on a table-like output. */
export function reportOutcome({ terminal, style }: Session, resource: ResourceName, answer: PutAnswer): void {
  const tenant = resource.tenant === undefined ? '' : ` in ${resource.tenant}`
  const would = answer.dryRun && answer.outcome !== 'unchanged' ? ' (dry run, nothing was changed)' : ''
  terminal.out(`${resource.kind.singular}/${resource.name}${tenant} ${styledOutcome(answer.outcome, style)}${would}\n`)
  if (answer.outcome === 'updated') terminal.out(renderChanges(answer.changes, style))
  for (const { policy, message, field } of answer.warnings) {
    const where = field === undefined ? '' : `${field}: `
    terminal.err(`${style('yellow', 'Warning:')} ${where}${message} (policy ${policy})\n`)
  }
}

/** Refuses a `create` that would change what exists. */
export function refuseChange(resource: ResourceName, answer: PutAnswer): KaasError {
  const inTenant = resource.tenant === undefined ? '' : ` --tenant ${resource.tenant}`
  return new KaasError('resource-exists', {
    message: `There is another ${resource.kind.singular} "${resource.name}" already. It differs in ${answer.changes.map(({ path }) => path).join(', ')}.`,
    help: `See it with "kaas get ${resource.kind.singular} ${resource.name}${inTenant} -o yaml"; change it with "kaas apply -f".`,
  })
}

function styledOutcome(outcome: PutAnswer['outcome'], style: Session['style']): string {
  switch (outcome) {
    case 'created':
      return style('green', outcome)
    case 'updated':
      return style('yellow', outcome)
    case 'unchanged':
      return style('dim', outcome)
  }
}
