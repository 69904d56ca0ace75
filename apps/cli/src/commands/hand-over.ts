// SPDX-License-Identifier: Apache-2.0
/** A new password on its way to its owner: it is shown whatever else fails, because nobody can show it again. */
import type { IssuedCredentials } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { saveCredentials } from '../saved-credentials.ts'
import type { Session } from '../session.ts'

/**
 * Keeps the password for `connect` unless `save` is false, and shows it. With yaml and json the caller prints it inside the
 * answer; with `name` it is shown only when it was not kept.
 */
export function handOver(
  session: Session,
  credentials: IssuedCredentials | undefined,
  { output, save }: { readonly output: Output; readonly save: boolean },
): void {
  if (credentials === undefined) return
  const { terminal, style } = session
  const place = save ? keep(session, credentials) : 'It is not kept here.'
  const show = output === 'table' ? terminal.out : terminal.err
  if (output === 'table' || (output === 'name' && !save)) {
    show(`  user name  ${credentials.username}\n`)
    show(`  password   ${style('bold', credentials.password)}\n`)
    terminal.err(`The password is shown this once. ${place}\n`)
  }
}

/** Where it is, or why it is not there. Not being able to keep it is no reason not to show it. */
function keep({ home, shownPath }: Session, credentials: IssuedCredentials): string {
  try {
    return `It is kept in ${shownPath(saveCredentials(home.directory, credentials))} (only you can read it).`
  } catch (error) {
    return `It could not be kept in ${shownPath(home.directory)}: ${error instanceof Error ? error.message : error}.`
  }
}
