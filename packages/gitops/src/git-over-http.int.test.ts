// SPDX-License-Identifier: Apache-2.0
/** The repository of tenants behind a real Git server over HTTP, and what users are told when it fails. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCertificates, type GitServer, startGitServer, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTenantRepository } from './open-tenant-repository.ts'
import type { RepositoryOptions, TenantRepository } from './tenant-repository.ts'

const AUTHOR = { name: 'KaaS', email: 'kaas@platform.example' }
const LOGIN = { user: 'bot', token: 'ghp_first:with:colons%&$' }
let server: GitServer
let remote: { readonly url: string; readonly folder: string }
let folder: string
let credentialsFile: string
let repository: TenantRepository

beforeEach(async () => {
  folder = temporaryDirectory('gitops')
  credentialsFile = join(folder, "operator's credentials")
  writeFileSync(credentialsFile, `${LOGIN.user}:${LOGIN.token}\n`)
  server = await startGitServer({ login: LOGIN })
  remote = server.createRepository('tenants.git')
  repository = await open({})
})

afterEach(async () => {
  await repository.close()
  await server.stop()
})

test('a change arrives with a token from a file', async () => {
  await change({ a: '1' })
  expect(onServer('show', 'main:a')).toBe('1')
  expect(await repository.fetch()).toBe(onServer('rev-parse', 'main'))
  expect(await repository.read('a')).toBe('1')
})

test('looking for news costs two requests and fetches nothing', async () => {
  await change({ a: '1' })
  const before = server.requests().length
  await repository.fetch()
  expect(
    server
      .requests()
      .slice(before)
      .filter((request) => !request.startsWith('GET')),
  ).toHaveLength(1)
})

test('a server that is away is named, and the same change lands when it is back', async () => {
  await change({ a: '1' })
  await server.away()
  await expect(change({ a: '2' })).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining(server.url),
  })
  await expect(repository.fetch()).rejects.toMatchObject({ code: 'git-unavailable' })
  expect(await repository.read('a')).toBe('1')
  await server.back()
  expect((await change({ a: '2' })).kind).toBe('committed')
  expect(onServer('show', 'main:a')).toBe('2')
})

test('while the server is away the control plane can start and read what it knew', async () => {
  await change({ a: '1' })
  await repository.close()
  await server.away()
  repository = await open({})
  expect(await repository.read('a')).toBe('1')
  await server.back()
})

test.each(['error-503', 'cut-in-push'] as const)('nothing is half-pushed when the server fails (%s)', async (fault) => {
  await change({ a: '1' })
  server.fail(fault)
  await expect(change({ a: '2', b: '2' })).rejects.toMatchObject({ code: 'git-unavailable' })
  expect(onServer('ls-tree', '--name-only', 'main')).toBe('a')
  expect(onServer('show', 'main:a')).toBe('1')
  server.fail(undefined)
  expect((await change({ a: '2', b: '2' })).kind).toBe('committed')
})

test('a change that arrived although its answer was lost counts as arrived, and is not made twice', async () => {
  await change({ a: '1' })
  server.fail('cut-after-push')
  expect((await change({ a: '2' })).kind).toBe('committed')
  server.fail(undefined)
  expect((await change({ a: '2' })).kind).toBe('unchanged')
  expect(onServer('rev-list', '--count', 'main')).toBe('2')
})

test('a server that never answers is given up after the time that was set', async () => {
  await repository.close()
  repository = await open({ timeoutMs: 2000 })
  server.fail('no-answer')
  await expect(repository.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining('did not answer in time'),
  })
  await waitFor(() => helpersOf(server.url) === 0, { what: 'the helpers of git to end' })
})

test('closing ends a call under way at once', async () => {
  server.fail('no-answer')
  const pending = expect(repository.fetch()).rejects.toMatchObject({ code: 'cancelled-by-caller' })
  await waitFor(() => helpersOf(server.url) > 0, { what: 'git to ask the server' })
  await repository.close()
  await pending
  expect(helpersOf(server.url)).toBe(0)
})

test('an expired token is told by its file, never by its content, and a renewed one is used at the next try', async () => {
  await change({ a: '1' })
  server.expect({ user: 'bot', token: 'ghp_second' })
  const error = await change({ a: '2' }).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'git-unavailable', message: expect.stringContaining(credentialsFile) })
  expect(JSON.stringify(error) + String((error as Error).message)).not.toContain('ghp_first')
  writeFileSync(credentialsFile, 'bot:ghp_second')
  expect((await change({ a: '2' })).kind).toBe('committed')
})

test.each([
  ['an empty file', ''],
  ['no colon', 'ghp_only'],
])('credentials that are no credentials (%s) are told by the file', async (_, content) => {
  writeFileSync(credentialsFile, content)
  await expect(repository.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining(credentialsFile),
  })
})

test('a missing file of credentials, or none at all, is told', async () => {
  await repository.close()
  repository = await open({ credentialsFile: join(folder, 'nowhere') })
  await expect(repository.fetch()).rejects.toMatchObject({ message: expect.stringContaining(join(folder, 'nowhere')) })
  await repository.close()
  repository = await open({ credentialsFile: undefined })
  await expect(repository.fetch()).rejects.toMatchObject({ message: expect.stringContaining('asks for a log-in') })
})

test('the token is in no file of the copy and on no command line', async () => {
  await change({ a: '1' })
  for (const file of readdirSync(join(folder, 'copy'), { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue
    expect(readFileSync(join(file.parentPath, file.name)).includes('ghp_first'), file.name).toBe(false)
  }
  server.fail('no-answer')
  const pending = repository.fetch().catch(() => {})
  await waitFor(() => helpersOf(server.url) > 0, { what: 'git to ask the server' })
  expect(commandLines().join('\n')).not.toContain('ghp_first')
  await repository.close()
  await pending
})

test('a person uses the credentials that her own git has, and a server never does', async () => {
  const home = join(folder, 'home')
  mkdirSync(home)
  writeFileSync(join(home, '.gitconfig'), '[credential]\n\thelper = store\n')
  const stored = server.url.replace('://', `://${LOGIN.user}:${encodeURIComponent(LOGIN.token)}@`)
  writeFileSync(join(home, '.git-credentials'), `${stored}\n`)
  const before = process.env.HOME
  process.env.HOME = home
  try {
    await repository.close()
    repository = await open({ credentialsFile: undefined, isPerson: true })
    expect((await change({ a: '1' })).kind).toBe('committed')
    await repository.close()
    repository = await open({ credentialsFile: undefined })
    await expect(repository.fetch()).rejects.toMatchObject({ code: 'git-unavailable' })
  } finally {
    process.env.HOME = before
  }
})

test('who may read and not push is told so', async () => {
  await change({ a: '1' })
  server.fail('forbidden')
  await expect(change({ a: '2' })).rejects.toMatchObject({ code: 'git-refused', message: expect.stringContaining('403') })
})

test('an address without a repository is told', async () => {
  await repository.close()
  repository = await open({ url: `${server.url}/nowhere.git` })
  await expect(repository.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining(`There is no Git repository at ${server.url}/nowhere.git`),
  })
})

test('HTTPS is checked against the CA that is given, and refused without', async () => {
  const certificates = await createCertificates()
  const secure = await startGitServer({ login: LOGIN, tls: certificates })
  const { url } = secure.createRepository('tenants.git')
  await repository.close()
  repository = await open({ url, caFile: certificates.caFile })
  expect((await change({ a: '1' })).kind).toBe('committed')
  await repository.close()
  repository = await open({ url })
  await expect(repository.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringMatching(/certificate/i),
  })
  await secure.stop()
})

test('many writers over HTTP all land', async () => {
  const writers = await Promise.all(['x', 'y', 'z'].map((copy) => open({ directory: join(folder, copy) })))
  await Promise.all(
    writers.flatMap((writer, index) =>
      [1, 2, 3].map((n) =>
        writer.commit({
          message: 'append',
          files: async (read) => new Map([['list', `${(await read('list')) ?? ''}${index}-${n}\n`]]),
        }),
      ),
    ),
  )
  expect(onServer('show', 'main:list').split('\n').sort()).toHaveLength(9)
  await Promise.all(writers.map((writer) => writer.close()))
})

function open(options: Partial<RepositoryOptions>): Promise<TenantRepository> {
  const directory = join(folder, 'copy')
  return openTenantRepository({ url: remote.url, branch: 'main', directory, author: AUTHOR, credentialsFile, ...options })
}

function change(files: Readonly<Record<string, string>>) {
  return repository.commit({ message: 'change', files: async () => new Map(Object.entries(files)) })
}

function onServer(...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', remote.folder, ...args], { encoding: 'utf8' }).trim()
}

function commandLines(): readonly string[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return '' // Ended meanwhile.
      }
    })
}

/** Processes that talk to a server; the one that reads the copy stays between calls. */
function helpersOf(url: string): number {
  return commandLines().filter((line) => /^(?:\S*\/)?git\b/.test(line) && line.includes(url) && !line.includes('cat-file'))
    .length
}
