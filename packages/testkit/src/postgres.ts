// SPDX-License-Identifier: Apache-2.0
/** A PostgreSQL server of this machine's package for a test: own folder, free port, gone at the end. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { KaasError } from '@kaas/errors'
import { findProgram, freePort, runProgram, tiedToParent } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

const VERSIONS_FOLDER = '/usr/lib/postgresql'

/** A running server. `url` is what `KAAS_DATABASE_URL` takes. */
export interface Postgres {
  readonly url: string
  readonly port: number
  readonly pid: number | undefined
  /** A new empty database on this server; resolves with its URL. */
  createDatabase(name: string): Promise<string>
  stop(): Promise<void>
}

/**
 * Starts PostgreSQL on loopback with trust authentication and without fsync, which is right for tests only. As root it runs
 * as the user `postgres`, since PostgreSQL refuses root. Throws `tool-missing` when it is not installed.
 */
export async function startPostgres(): Promise<Postgres> {
  const [initdb, server, psql] = (['initdb', 'postgres', 'psql'] as const).map(findPostgresProgram) as [
    string,
    string,
    string,
  ]
  const account = await unprivilegedAccount()
  const folder = temporaryDirectory('postgres')
  const data = join(folder, 'data')
  if (account !== undefined) await runProgram('chown', [`${account.uid}:${account.gid}`, folder])
  chmodSync(folder, 0o700)
  const init = ['-D', data, '-U', 'kaas', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync', '--no-instructions']
  await runProgram(initdb, init, { cwd: folder, ...account })
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: folder, fsync: 'off', max_connections: '200' }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = tiedToParent('KILL', [server, '-D', data, '-p', String(port), ...args])
  const child = spawn(command[0] as string, command.slice(1), {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  })
  const urlOf = (database: string) => `postgres://kaas@127.0.0.1:${port}/${database}`
  const sql = (text: string) => runProgram(psql, ['-qX', urlOf('postgres'), '-c', text])
  await waitUntilReady(child)
  await sql('create database kaas')
  return {
    url: urlOf('kaas'),
    port,
    pid: child.pid,
    createDatabase: async (name) => {
      await sql(`create database "${name}"`)
      return urlOf(name)
    },
    stop: () => stop(child),
  }
}

function findPostgresProgram(name: string): string {
  const versions = existsSync(VERSIONS_FOLDER) ? readdirSync(VERSIONS_FOLDER) : []
  const folders = versions.sort((a, b) => Number(b) - Number(a)).map((version) => join(VERSIONS_FOLDER, version, 'bin'))
  return findProgram(name, { package: 'postgresql', purpose: 'run PostgreSQL in tests', folders })
}

async function unprivilegedAccount(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => runProgram('id', [option, 'postgres'])))
  return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  let said = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
  })
  const deadline = Date.now() + 120_000
  while (!said.includes('database system is ready to accept connections')) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new KaasError('database-unavailable', { message: `PostgreSQL did not start. It says: ${said}` })
    }
    await sleep(20)
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT') // PostgreSQL's "fast" shutdown: open sessions are ended.
  await exited
}
