// SPDX-License-Identifier: Apache-2.0
/** Git over SSH on loopback: a small server of ours over Go's SSH library, which runs git's own programs. Keys live as long as the test. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findProgram, tiedToParent } from '@kaas/kafka-engine'
import { goProgram } from './go-program.ts'
import { temporaryDirectory } from './temporary-directory.ts'

/** A running server, with what a client needs to log in. */
export interface GitSshServer {
  readonly port: number
  /** Private key of the one user. */
  readonly keyFile: string
  /** Names the server's own key. */
  readonly knownHostsFile: string
  /** Address of a bare repository of this machine. */
  urlOf(folder: string): string
  /** A key that may not log in. */
  strangersKey(): string
  stop(): Promise<void>
}

/** Starts the server on a free port. Throws `tool-missing` without git or OpenSSH's client. */
export async function startGitSshServer(): Promise<GitSshServer> {
  const folder = temporaryDirectory('git-ssh')
  const keyFile = makeKey(join(folder, 'key'))
  const program = await goProgram(fileURLToPath(new URL('git-ssh-server', import.meta.url)))
  const [command = program, ...args] = tiedToParent('KILL', [program, `${keyFile}.pub`])
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
  const [port = '', ...hostKey] = line.split(' ')
  const knownHostsFile = join(folder, 'known_hosts')
  writeFileSync(knownHostsFile, `[127.0.0.1]:${port} ${hostKey.join(' ')}\n`)
  return {
    port: Number(port),
    keyFile,
    knownHostsFile,
    urlOf: (repository) => `ssh://git@127.0.0.1:${port}${repository}`,
    strangersKey: () => makeKey(join(folder, 'stranger')),
    stop: async () => {
      const ended = once(child, 'close')
      child.kill('SIGKILL')
      await ended
    },
  }
}

function makeKey(file: string): string {
  const generator = findProgram('ssh-keygen', { package: 'openssh-client', purpose: 'speak Git over SSH in tests' })
  execFileSync(generator, ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', file])
  return file
}
