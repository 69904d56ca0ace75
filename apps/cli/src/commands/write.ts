// SPDX-License-Identifier: Apache-2.0
/** One document written, and what a person is told of it: outcome, changes, a new password. Used by `create` and `apply`. */
import { KaasError } from '@kaas/errors'
import type { IssuedCredentials, PutAnswer, ResourceName } from '@kaas/http-contract'
import { renderChanges } from '../render/changes.ts'
import { saveCredentials } from '../saved-credentials.ts'
import type { Session } from '../session.ts'

/** What is said of one PUT on a table-like output. */
export function reportOutcome({ terminal, style }: Session, resource: ResourceName, answer: PutAnswer): void {
  const tenant = resource.tenant === undefined ? '' : ` in ${resource.tenant}`
  const would = answer.dryRun && answer.outcome !== 'unchanged' ? ' (dry run, nothing was changed)' : ''
  terminal.out(`${resource.kind.singular}/${resource.name}${tenant} ${styledOutcome(answer.outcome, style)}${would}\n`)
  if (answer.outcome === 'updated') terminal.out(renderChanges(answer.changes, style))
}

/** Shows the password this once and keeps it for `connect` unless `save` is false. Says where it is. */
export function reportCredentials(session: Session, credentials: IssuedCredentials, save: boolean): void {
  const { terminal, style, home } = session
  terminal.out(`  user name  ${credentials.username}\n`)
  terminal.out(`  password   ${style('bold', credentials.password)}\n`)
  const file = save ? saveCredentials(home.directory, credentials) : undefined
  terminal.err(
    file === undefined
      ? 'The password is shown this once and was not kept here.\n'
      : `The password is shown this once. It is kept in ${session.shownPath(file)} (only you can read it).\n`,
  )
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
