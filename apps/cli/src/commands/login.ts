// SPDX-License-Identifier: Apache-2.0
/**
 * `kaas login`: a token for this machine. By the browser, the control plane shows a code on both sides and the person agrees; with
 * `--token-file` there is a token already.
 */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { type ApiClient, createClient, type DeviceStart } from '@kaas/http-contract'
import { type Login, saveLogin } from '../logins.ts'
import { serverOf } from '../server-address.ts'
import type { Session } from '../session.ts'

/** Options of the command. */
export interface LoginOptions {
  readonly url?: string
  readonly tokenFile?: string
  readonly browser: boolean
}

/** Signs in and keeps the token. Throws `sign-in-failed` when the person said no or nothing. */
export async function loginCommand(session: Session, options: LoginOptions): Promise<void> {
  const { terminal, home, shownPath } = session
  const server = serverOf(options.url ?? home.api)
  const login =
    options.tokenFile === undefined
      ? await byBrowser(session, server, options.browser)
      : await byToken(server, await readToken(session, options.tokenFile))
  saveLogin(home.loginsFile, server, login)
  terminal.out(`Signed in to ${server} as ${login.person}.\n`)
  terminal.err(`The token is kept in ${shownPath(home.loginsFile)} (only you can read it).\n`)
  if (server !== home.api) {
    terminal.err(`Commands here go to ${home.api}. Set KAAS_API_URL=${server}, or leave the folder with .kaas.\n`)
  }
}

async function byBrowser({ terminal }: Session, server: string, wantsBrowser: boolean): Promise<Login> {
  const client = createClient({ baseUrl: server, fetch })
  const started = await client.startDeviceSignIn()
  const address = `${server}${started.verificationPath}`
  terminal.err(`Open ${address}\nand agree there if it shows the code ${started.userCode}\n`)
  if (wantsBrowser && (await terminal.openBrowser(address))) terminal.err('Your browser shows it. Waiting …\n')
  return await untilAnswered(client, started)
}

async function untilAnswered(client: ApiClient, started: DeviceStart): Promise<Login> {
  const deadline = Date.now() + started.expiresInS * 1000
  while (Date.now() < deadline) {
    const answer = await client.finishDeviceSignIn(started.deviceCode)
    if (answer.state === 'granted') return { token: answer.secret, person: answer.person, expiresAt: answer.expiresAt }
    if (answer.state === 'denied') throw notSignedIn('The answer in the browser was no.')
    await sleep(started.intervalS * 1000)
  }
  throw notSignedIn('Nobody agreed in the browser in time.')
}

async function byToken(server: string, token: string): Promise<Login> {
  const { person, expiresAt } = await createClient({ baseUrl: server, token, fetch }).session()
  return { token, person: person.name, ...(expiresAt === undefined ? {} : { expiresAt }) }
}

async function readToken({ terminal }: Session, file: string): Promise<string> {
  try {
    return (file === '-' ? await terminal.readInput() : readFileSync(file, 'utf8')).trim()
  } catch (cause) {
    throw new KaasError('usage-invalid', {
      message: `${file} cannot be read.`,
      help: 'Name the file with the token, or - for standard input.',
      cause,
    })
  }
}

function notSignedIn(message: string): KaasError {
  return new KaasError('sign-in-failed', { message, help: 'Run "kaas login" again.' })
}
