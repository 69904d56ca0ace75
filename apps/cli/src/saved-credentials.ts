// SPDX-License-Identifier: Apache-2.0
/** Passwords that this machine keeps for `connect`: one file per user under `credentials/`, readable by its owner only. */
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A password and the mechanism it was given for. */
export interface SavedCredentials {
  readonly username: string
  readonly password: string
  readonly mechanism: 'SCRAM-SHA-512' | 'SCRAM-SHA-256'
}

/** Keeps the password, in place of an older one. Returns the path of the file. */
export function saveCredentials(directory: string, { username, password, mechanism }: SavedCredentials): string {
  const file = fileOf(directory, username)
  mkdirSync(join(directory, 'credentials'), { recursive: true, mode: 0o700 })
  writePrivately(file, `${JSON.stringify({ username, password, mechanism }, null, 2)}\n`)
  return file
}

/** The kept password of `username`; undefined when there is none, or the file is of another making. */
export function loadCredentials(directory: string, username: string): SavedCredentials | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(fileOf(directory, username), 'utf8'))
    return isSaved(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Forgets the passwords of `<tenant>.<user>`, or without `user` of all users of the tenant. */
export function forgetCredentials(directory: string, tenant: string, user?: string): void {
  const folder = join(directory, 'credentials')
  const belongs = (name: string) => (user === undefined ? name.startsWith(`${tenant}.`) : name === `${tenant}.${user}`)
  for (const name of namesIn(folder).filter(belongs)) rmSync(join(folder, name), { force: true })
}

/** Writes a file that only its owner can read, at once or not at all. */
export function writePrivately(file: string, content: string): void {
  const unfinished = `${file}.${process.pid}.tmp`
  writeFileSync(unfinished, content, { mode: 0o600 })
  chmodSync(unfinished, 0o600)
  renameSync(unfinished, file)
}

function fileOf(directory: string, username: string): string {
  return join(directory, 'credentials', username.replaceAll('/', '_'))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function isSaved(value: unknown): value is SavedCredentials {
  return (
    typeof value === 'object' &&
    value !== null &&
    'username' in value &&
    typeof value.username === 'string' &&
    'password' in value &&
    typeof value.password === 'string' &&
    'mechanism' in value &&
    (value.mechanism === 'SCRAM-SHA-512' || value.mechanism === 'SCRAM-SHA-256')
  )
}
