// SPDX-License-Identifier: Apache-2.0
/** `kaas whoami`: the caller as the control plane sees her. */
import { renderScope } from '@kaas/domain'
import type { SessionAnswer } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import type { Session } from '../session.ts'

/** Prints name, groups and roles; with `-o name` the name alone. Throws `credentials-missing` without a token. */
export async function whoamiCommand(
  { client, terminal, home }: Session,
  { output }: { readonly output: Output },
): Promise<void> {
  const session = await client.session()
  if (output === 'name') terminal.out(`${session.person.name}\n`)
  else if (output === 'table') terminal.out(describe(session, home.api))
  else terminal.out(renderValue(session, output))
}

function describe({ person, grants }: SessionAnswer, server: string): string {
  const roles = grants.map(({ role, scope, binding }) => `${role} in ${renderScope(scope)} (by ${binding})`)
  const rows: readonly (readonly [string, string])[] = [
    ['Name', person.displayName === person.name ? person.name : `${person.name} (${person.displayName})`],
    ['Server', server],
    ['Vouched', person.provider],
    ['Groups', person.groups.join(', ') || 'none'],
    ['Roles', roles.join('\n          ') || 'none'],
  ]
  return rows.map(([title, value]) => `${`${title}:`.padEnd(10)}${value}\n`).join('')
}
