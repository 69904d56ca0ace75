// SPDX-License-Identifier: Apache-2.0
/** A merged change is noticed within seconds, through outages and rewritten history, one telling at a time. */
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { KaasError } from '@kaas/errors'
import { type GitServer, startGitServer, temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTenantRepository } from './open-tenant-repository.ts'
import { type RepositoryWatch, watchRepository } from './repository-watch.ts'
import type { ChangedPaths, TenantRepository } from './tenant-repository.ts'

let server: GitServer
let remote: { readonly url: string; readonly folder: string }
let folder: string
let ours: TenantRepository
let theirs: TenantRepository
let watch: RepositoryWatch | undefined
let told: ChangedPaths[]
let troubles: (string | undefined)[]

beforeEach(async () => {
  folder = temporaryDirectory('watch')
  server = await startGitServer()
  remote = server.createRepository('tenants.git')
  ours = await open('ours', remote.url)
  theirs = await open('theirs', remote.folder)
  told = []
  troubles = []
})

afterEach(async () => {
  const ended = watch?.close()
  await Promise.all([ours.close(), theirs.close()])
  await ended
  await server.stop()
})

test('everything is told first, then each change by its paths', async () => {
  await push({ 'platform.yaml': '1', 'tenants/a/tenant.yaml': '1' })
  begin()
  await untilTold(1)
  expect(told[0]?.paths).toEqual(['platform.yaml', 'tenants/a/tenant.yaml'])
  const commit = await push({ 'tenants/a/tenant.yaml': '2' })
  await untilTold(2)
  expect(told[1]).toEqual({ commit, paths: ['tenants/a/tenant.yaml'], rewritten: false })
})

test('an empty repository is no trouble, and its first commit is told', async () => {
  begin()
  await waitFor(() => server.requests().length > 3, { what: 'two looks' })
  await push({ a: '1' })
  await untilTold(1)
  expect(troubles).toEqual([])
})

test('an outage is told once, and what happened meanwhile after it', async () => {
  const since = await push({ a: '1' })
  begin({ since })
  await server.away()
  await waitFor(() => troubles.length === 1, { what: 'the trouble' })
  await push({ a: '2' })
  await server.back()
  await untilTold(1)
  expect(told[0]?.paths).toEqual(['a'])
  await waitFor(() => troubles.length === 2, { what: 'the end of the trouble' })
  expect(troubles).toEqual(['git-unavailable', undefined])
})

test('a forced push is told as such', async () => {
  await push({ a: '1' })
  const since = await push({ b: '1' })
  await ours.fetch()
  begin({ since })
  execFileSync('git', ['--git-dir', remote.folder, 'update-ref', 'refs/heads/main', 'main~1'])
  await untilTold(1)
  expect(told[0]).toMatchObject({ paths: ['b'], rewritten: true })
})

test('a branch that was deleted is trouble and not the end of all tenants', async () => {
  const since = await push({ a: '1' })
  begin({ since })
  await waitFor(() => server.requests().length > 3, { what: 'a look' })
  execFileSync('git', ['--git-dir', remote.folder, 'update-ref', '-d', 'refs/heads/main'])
  await waitFor(() => troubles.length === 1, { what: 'the trouble' })
  expect(told).toEqual([])
  execFileSync('git', ['--git-dir', remote.folder, 'update-ref', 'refs/heads/main', since])
  await waitFor(() => troubles.length === 2, { what: 'the end of the trouble' })
})

test('a change that could not be taken in is told again, with what came since', async () => {
  const since = await push({ a: '1' })
  await push({ b: '1' })
  let failures = 0
  begin({
    since,
    changed: async (change) => {
      if (++failures === 1) throw new Error('the database is away')
      told.push(change)
    },
  })
  await untilTold(1)
  expect(told[0]?.paths).toEqual(['b'])
  expect(troubles).toEqual(['internal-bug', undefined])
})

test('two tellings never run at the same time, and a look that was asked for comes at once', async () => {
  let running = 0
  let most = 0
  let release: () => void = () => {}
  begin({
    intervalMs: 60_000,
    changed: async (change) => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => {
        release = resolve
      })
      running--
      told.push(change)
    },
  })
  await push({ a: '1' })
  watch?.look()
  await waitFor(() => running === 1, { what: 'the first telling' })
  await push({ a: '2' })
  watch?.look()
  watch?.look()
  release()
  await waitFor(() => running === 1 && told.length === 1, { what: 'the second telling' })
  release()
  await untilTold(2)
  expect(most).toBe(1)
})

function begin(options: Partial<Parameters<typeof watchRepository>[0]> = {}): void {
  watch = watchRepository({
    repository: ours,
    intervalMs: 20,
    since: undefined,
    changed: async (change) => {
      told.push(change)
    },
    trouble: (error: KaasError | undefined) => troubles.push(error?.code),
    ...options,
  })
}

function untilTold(count: number) {
  return waitFor(() => told.length === count, { what: `change ${count}` })
}

function open(copy: string, url: string): Promise<TenantRepository> {
  const author = { name: copy, email: `${copy}@example` }
  return openTenantRepository({ url, branch: 'main', directory: join(folder, copy), author })
}

async function push(files: Readonly<Record<string, string>>): Promise<string> {
  const outcome = await theirs.commit({ message: 'change', files: async () => new Map(Object.entries(files)) })
  return outcome.commit ?? ''
}
