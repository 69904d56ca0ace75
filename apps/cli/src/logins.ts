// SPDX-License-Identifier: Apache-2.0
/**
 * What `kaas login` keeps: one token per server, in the user's own configuration folder, readable by her only. A token is sent to the
 * server it was made by and to no other.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { writePrivately } from './saved-credentials.ts'

/** A kept login. */
export interface Login {
  readonly token: string
  readonly person: string
  /** RFC 3339; absent for tokens whose end the server did not tell. */
  readonly expiresAt?: string
}

/** All kept logins. */
export interface Logins {
  /** Address that was logged in to last; commands go there when nothing else says where. */
  readonly current?: string
  /** By the address of the server. */
  readonly servers: Readonly<Record<string, Login>>
}

/** `kaas/logins.json` in XDG_CONFIG_HOME, or in `~/.config`. */
export function loginsFile({ XDG_CONFIG_HOME, HOME }: NodeJS.ProcessEnv): string {
  return join(XDG_CONFIG_HOME || join(HOME || homedir(), '.config'), 'kaas', 'logins.json')
}

/** The logins in a file; none when it is not there or of another making. */
export function loadLogins(file: string): Logins {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isLogins(value) ? value : { servers: {} }
  } catch {
    return { servers: {} }
  }
}

/** Keeps a login, in place of an older one of the server, and makes the server the current one. */
export function saveLogin(file: string, server: string, login: Login): void {
  const { servers } = loadLogins(file)
  write(file, { current: server, servers: { ...servers, [server]: login } })
}

/** Forgets the login of a server. */
export function forgetLogin(file: string, server: string): void {
  const { servers, current } = loadLogins(file)
  const { [server]: _, ...others } = servers
  write(file, { servers: others, ...(current === undefined || current === server ? {} : { current }) })
}

function write(file: string, logins: Logins): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writePrivately(file, `${JSON.stringify(logins, null, 2)}\n`)
}

function isLogins(value: unknown): value is Logins {
  if (typeof value !== 'object' || value === null || !('servers' in value)) return false
  const { servers } = value
  return typeof servers === 'object' && servers !== null && Object.values(servers).every(isLogin)
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== 'object' || value === null || !('token' in value) || !('person' in value)) return false
  return typeof value.token === 'string' && typeof value.person === 'string'
}
