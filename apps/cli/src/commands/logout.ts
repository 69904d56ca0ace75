// SPDX-License-Identifier: Apache-2.0
/** `kaas logout`: ends the token at the server, so that a copy of it is worth nothing, and forgets it here in any case. */
import { asKaasError } from '@kaas/errors'
import { createClient } from '@kaas/http-contract'
import { forgetLogin, loadLogins } from '../logins.ts'
import { serverOf } from '../server-address.ts'
import type { Session } from '../session.ts'

const ANSWER_MS = 10_000

/** Says so when there was nothing to forget. */
export async function logoutCommand(
  { terminal, home }: Session,
  { url }: { readonly url?: string | undefined },
): Promise<void> {
  const server = serverOf(url ?? home.api)
  const login = loadLogins(home.loginsFile).servers[server]
  if (login === undefined) {
    terminal.err(`There is no login of ${server} on this machine.\n`)
    return
  }
  const problem = await endAtServer(server, login.token)
  forgetLogin(home.loginsFile, server)
  terminal.out(`Signed out of ${server}.\n`)
  if (problem !== undefined) {
    terminal.err(
      `The token was forgotten here and could not be ended there: ${problem} End it on the page of your account.\n`,
    )
  }
}

/** Why it could not be ended; undefined when it is over. */
async function endAtServer(server: string, token: string): Promise<string | undefined> {
  const id = /^kaas_([a-z0-9]{12})_/.exec(token)?.[1]
  if (id === undefined) return 'it is none that the console lists.'
  try {
    await createClient({ baseUrl: server, token, fetch, signal: AbortSignal.timeout(ANSWER_MS) }).endToken(id)
    return undefined
  } catch (thrown) {
    const { kind, message } = asKaasError(thrown)
    return kind === 'unauthenticated' ? undefined : message
  }
}
