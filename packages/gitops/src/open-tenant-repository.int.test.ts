// SPDX-License-Identifier: Apache-2.0
/** The repository of tenants against real git, over a path: what everyone else builds on. */
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { quickOnce, temporaryDirectory } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTenantRepository } from './open-tenant-repository.ts'
import type { TenantRepository } from './tenant-repository.ts'

const AUTHOR = { name: 'KaaS', email: 'kaas@platform.example' }
let folder: string
let url: string
let opened: TenantRepository[]

beforeEach(() => {
  folder = temporaryDirectory('gitops')
  url = join(folder, 'tenants.git')
  git('init', '--quiet', '--bare', '--initial-branch=main', url)
  opened = []
})

afterEach(() => Promise.all(opened.map((each) => each.close())))

test('the first commit makes the branch of an empty repository', async () => {
  const repository = await open()
  expect(await repository.fetch()).toBeUndefined()
  expect(await repository.changedSince(undefined)).toBeUndefined()
  const outcome = await change(repository, { 'platform.yaml': 'domain: kafka.example\n' })
  expect(outcome.kind).toBe('committed')
  expect(git('--git-dir', url, 'rev-parse', 'main')).toBe(outcome.commit)
  expect(git('--git-dir', url, 'show', 'main:platform.yaml')).toBe('domain: kafka.example')
})

test('one change is one commit, with its author, its message and only what differs', async () => {
  const repository = await open()
  await change(repository, { 'tenants/shop/tenant.yaml': 'a\n', 'tenants/shop/kafka/kafka.yaml': 'b\n' })
  const before = git('--git-dir', url, 'rev-parse', 'main')
  await repository.commit({
    message: 'Resize shop\n\nKaaS-Tenant: shop',
    author: { name: 'Ada <Lovelace>\n', email: 'ada@team.example' },
    files: async () =>
      new Map([
        ['tenants/shop/tenant.yaml', 'a\n'],
        ['tenants/shop/kafka/kafka.yaml', 'c\n'],
      ]),
  })
  expect(git('--git-dir', url, 'diff', '--name-only', before, 'main')).toBe('tenants/shop/kafka/kafka.yaml')
  expect(git('--git-dir', url, 'log', '-1', '--format=%an|%ae|%cn|%ce|%B')).toBe(
    'Ada  Lovelace|ada@team.example|KaaS|kaas@platform.example|Resize shop\n\nKaaS-Tenant: shop',
  )
  expect(git('--git-dir', url, 'rev-list', '--count', 'main')).toBe('2')
})

test('the same files again are no commit', async () => {
  const repository = await open()
  const first = await change(repository, { a: '1' })
  expect(await change(repository, { a: '1' })).toEqual({ kind: 'unchanged', commit: first.commit })
})

test('removing the last file of a folder removes the folder, and files beside it stay', async () => {
  const repository = await open()
  await change(repository, { 'tenants/a/x.yaml': '1', 'tenants/b/x.yaml': '2', 'read me.txt': 'Grüße\n' })
  await change(repository, { 'tenants/a/x.yaml': undefined })
  expect(await repository.list('')).toEqual(['read me.txt', 'tenants/b/x.yaml'])
  expect(await repository.list('tenants/a')).toEqual([])
  expect(await repository.list('tenants')).toEqual(['tenants/b/x.yaml'])
  expect(await repository.read('read me.txt')).toBe('Grüße\n')
  expect(await repository.read('tenants/a/x.yaml')).toBeUndefined()
  expect(await repository.read('tenants')).toBeUndefined()
})

test('two writers at once both land, each on what the other wrote', async () => {
  const [one, two] = [await open('one'), await open('two')]
  await change(one, { list: '' })
  const append = (repository: TenantRepository, line: string) =>
    repository.commit({ message: line, files: async (read) => new Map([['list', `${await read('list')}${line}\n`]]) })
  await Promise.all(
    Array.from({ length: 5 }, (_, index) => [append(one, `one-${index}`), append(two, `two-${index}`)]).flat(),
  )
  await one.fetch()
  expect((await one.read('list'))?.split('\n').filter((line) => line !== '')).toHaveLength(10)
  expect(git('--git-dir', url, 'rev-list', '--count', '--no-merges', 'main')).toBe('11')
})

test('what others pushed is told by its paths, and a rewritten history is called so', async () => {
  const [ours, theirs] = [await open('ours'), await open('theirs')]
  const first = await change(ours, { 'tenants/a/tenant.yaml': '1', 'tenants/b/tenant.yaml': '1' })
  const second = await change(theirs, { 'tenants/b/tenant.yaml': '2' }, first.commit)
  await ours.fetch()
  expect(await ours.changedSince(first.commit)).toEqual({
    commit: second.commit,
    paths: ['tenants/b/tenant.yaml'],
    rewritten: false,
  })
  expect(await ours.read('tenants/b/tenant.yaml', first.commit)).toBe('1')
  const orphan = git('--git-dir', url, 'commit-tree', '-m', 'begin anew', 'main~1^{tree}')
  git('--git-dir', url, 'update-ref', 'refs/heads/main', orphan)
  await ours.fetch()
  expect(await ours.changedSince(second.commit)).toEqual({
    commit: orphan,
    paths: ['tenants/b/tenant.yaml'],
    rewritten: true,
  })
  expect((await ours.changedSince('0'.repeat(40)))?.rewritten).toBe(true)
})

test('a commit after a forced push builds on what was forced, and does not bring back what was dropped', async () => {
  const ours = await open()
  await change(ours, { kept: '1' })
  await change(ours, { dropped: '1' })
  git('--git-dir', url, 'update-ref', 'refs/heads/main', 'main~1')
  await change(ours, { added: '1' })
  expect(git('--git-dir', url, 'ls-tree', '-r', '--name-only', 'main')).toBe('added\nkept')
})

test('a refusing hook is quoted, and nothing is pushed', async () => {
  const repository = await open()
  await change(repository, { a: '1' })
  const hook = join(url, 'hooks', 'pre-receive')
  writeFileSync(hook, '#!/bin/sh\necho "Ticket missing: name one in the message." >&2\nexit 1\n', { mode: 0o755 })
  await expect(change(repository, { a: '2' })).rejects.toMatchObject({
    code: 'git-refused',
    message: expect.stringContaining('Ticket missing: name one in the message.'),
  })
  expect(git('--git-dir', url, 'show', 'main:a')).toBe('1')
  await repository.fetch()
  expect(await repository.read('a')).toBe('1')
})

test('a change that others are always faster than is given up, and nothing of it is pushed', async () => {
  const [ours, theirs] = [await open('ours'), await open('theirs')]
  await change(ours, { a: '0' })
  let asked = 0
  const attempt = ours.commit({
    message: 'x',
    files: async () => {
      await change(theirs, { b: `${++asked}` })
      return new Map([['a', '1']])
    },
  })
  await expect(attempt).rejects.toMatchObject({ code: 'git-changed', message: expect.stringContaining('Others pushed') })
  expect(asked).toBeGreaterThan(5)
  expect(git('--git-dir', url, 'show', 'main:a')).toBe('0')
  expect((await change(ours, { a: '1' })).kind).toBe('committed')
})

test('a branch that the server cannot move is no race: its words are told', async () => {
  const repository = await open()
  await change(repository, { a: '0' })
  writeFileSync(join(url, 'refs', 'heads', 'main.lock'), '')
  await expect(change(repository, { a: '1' })).rejects.toMatchObject({
    code: 'git-refused',
    message: expect.stringContaining('failed to update ref'),
  })
})

test.each(['', '-d', 'a..b', '/main', 'main/', 'a b', 'refs@{1}', 'x.lock'])('%j is no branch', async (branch) => {
  const options = { url, branch, directory: join(folder, 'copy'), author: AUTHOR }
  await expect(openTenantRepository(options)).rejects.toMatchObject({ code: 'config-invalid' })
})

test('a second process on the same copy is told who has it', async () => {
  await open('one')
  await expect(open('one')).rejects.toMatchObject({
    code: 'state-locked',
    message: expect.stringContaining(`process ${process.pid}`),
  })
})

test('an absent repository is named with its address', async () => {
  const repository = await open('copy', `${url}-not`)
  await expect(repository.fetch()).rejects.toMatchObject({
    code: 'git-unavailable',
    message: expect.stringContaining('tenants.git-not'),
  })
})

test('a secret is refused before anything is written, by its path and without its content', async () => {
  const repository = await open()
  const secret = 'kind: Secret\nstringData: {password: hunter2}\n'
  const attempt = change(repository, { ok: '1', 'tenants/shop/access/app.yaml': secret })
  await expect(attempt).rejects.toMatchObject({
    code: 'secret-in-git',
    message: expect.stringMatching(/^(?!.*hunter2).*tenants\/shop\/access\/app\.yaml/),
  })
  expect(await repository.fetch()).toBeUndefined()
})

test('one repository holds 10,000 tenants, and a change of one is committed in under a second [R173]', async () => {
  const repository = await open()
  const parts = ['tenant.yaml', 'kafka/kafka.yaml', 'access/user.yaml']
  const names = Array.from({ length: 10_000 }, (_, index) => `tenants/t${index}`)
  await change(repository, Object.fromEntries(names.flatMap((name) => parts.map((part) => [`${name}/${part}`, name]))))
  let round = 0
  await quickOnce(1000, () => {
    const text = `${++round}`
    return change(repository, { 'tenants/t77/tenant.yaml': text, 'tenants/t77/kafka/kafka.yaml': text })
  })
  expect(await repository.list('')).toHaveLength(30_000)
})

async function open(copy = 'copy', from = url): Promise<TenantRepository> {
  const directory = join(folder, copy)
  const repository = await openTenantRepository({ url: from, branch: 'main', directory, author: AUTHOR })
  opened.push(repository)
  expect(existsSync(directory)).toBe(true)
  return repository
}

function change(repository: TenantRepository, files: Readonly<Record<string, string | undefined>>, message = 'change') {
  return repository.commit({ message, files: async () => new Map(Object.entries(files)) })
}

function git(...args: readonly string[]): string {
  const env = {
    ...process.env,
    GIT_AUTHOR_NAME: 'x',
    GIT_AUTHOR_EMAIL: 'x',
    GIT_COMMITTER_NAME: 'x',
    GIT_COMMITTER_EMAIL: 'x',
  }
  return execFileSync('git', args, { encoding: 'utf8', env }).trim()
}
