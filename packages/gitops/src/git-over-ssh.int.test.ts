// SPDX-License-Identifier: Apache-2.0
/** The repository of tenants over SSH, with OpenSSH's client: who we are is a key, who the server is must be known. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GitSshServer, startGitSshServer, temporaryDirectory } from '@kaas/testkit'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTenantRepository } from './open-tenant-repository.ts'
import type { RepositoryOptions, TenantRepository } from './tenant-repository.ts'

let server: GitSshServer
let folder: string
let remote: string
let repository: TenantRepository | undefined

beforeAll(async () => {
  server = await startGitSshServer()
})

afterAll(() => server?.stop())

beforeEach(() => {
  folder = temporaryDirectory('gitops')
  remote = join(folder, 'tenants.git')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', remote])
})

afterEach(() => repository?.close())

test('a change arrives with a key, also when paths have blanks, and is read back', async () => {
  const keyFile = join(folder, "operator's 100% key")
  copyFileSync(server.keyFile, keyFile)
  const first = await open({ ssh: { keyFile, knownHostsFile: server.knownHostsFile } })
  await first.commit({ message: 'x', files: async () => new Map([['a', '1']]) })
  expect(onServer('show', 'main:a')).toBe('1')
  await first.close()
  const second = await open({ directory: join(folder, 'second copy') })
  await second.fetch()
  expect(await second.read('a')).toBe('1')
})

test('a server that is not known is refused, and nothing is told to it', async () => {
  const knownHostsFile = join(folder, 'known_hosts')
  writeFileSync(knownHostsFile, '')
  const strange = await open({ ssh: { keyFile: server.keyFile, knownHostsFile } })
  await expect(strange.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining('is not known'),
    help: expect.stringContaining(knownHostsFile),
  })
})

test('a key that may not log in is named by its file', async () => {
  const keyFile = server.strangersKey()
  const stranger = await open({ ssh: { keyFile, knownHostsFile: server.knownHostsFile } })
  await expect(stranger.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining(`does not accept the credentials in ${keyFile}`),
  })
})

test('an absent repository, a refusing hook and a server that is away are told apart', async () => {
  const absent = await open({ url: server.urlOf(join(folder, 'nowhere.git')) })
  await expect(absent.fetch()).rejects.toMatchObject({ message: expect.stringContaining('There is no Git repository at') })
  await absent.close()
  writeFileSync(join(remote, 'hooks', 'pre-receive'), '#!/bin/sh\necho "Not on Fridays." >&2\nexit 1\n', { mode: 0o755 })
  const hooked = await open({})
  const change = hooked.commit({ message: 'x', files: async () => new Map([['a', '1']]) })
  await expect(change).rejects.toMatchObject({ code: 'git-refused', message: expect.stringContaining('Not on Fridays.') })
  await hooked.close()
  const away = await open({ url: `ssh://git@127.0.0.1:1${remote}` })
  await expect(away.fetch()).rejects.toMatchObject({ code: 'git-unavailable', message: expect.stringMatching(/refused/) })
})

async function open(options: Partial<RepositoryOptions>): Promise<TenantRepository> {
  const ssh = { keyFile: server.keyFile, knownHostsFile: server.knownHostsFile }
  const author = { name: 'KaaS', email: 'kaas@platform.example' }
  const directory = join(folder, 'copy')
  repository = await openTenantRepository({ url: server.urlOf(remote), branch: 'main', directory, author, ssh, ...options })
  return repository
}

function onServer(...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', remote, ...args], { encoding: 'utf8' }).trim()
}
