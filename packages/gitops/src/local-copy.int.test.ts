// SPDX-License-Identifier: Apache-2.0
/** The copy on this machine can be cut, damaged, exchanged or lost at any time, and no tenant notices. */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { temporaryDirectory, waitFor } from '@kaas/testkit'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { messageFor } from './commit-message.ts'
import { openTenantRepository } from './open-tenant-repository.ts'
import type { TenantRepository } from './tenant-repository.ts'

const AUTHOR = { name: 'KaaS', email: 'kaas@platform.example' }
const MODULE = fileURLToPath(new URL('open-tenant-repository.ts', import.meta.url))
let folder: string
let url: string
let copy: string
let repository: TenantRepository

beforeEach(async () => {
  folder = temporaryDirectory('copy')
  url = join(folder, 'tenants.git')
  copy = join(folder, 'copy')
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', url])
  repository = await open()
  await change({ 'tenants/a/tenant.yaml': '1', 'tenants/b/tenant.yaml': '1' })
})

afterEach(() => repository.close())

test.each([
  ['cut short', (file: string) => cut(file, 1)],
  ['emptied, as by a power failure', (file: string) => cut(file, 0)],
  ['lost', (file: string) => rmSync(file)],
])('objects that are %s are fetched again, and no file is taken for absent', async (_, damage) => {
  for (const file of objectFiles()) damage(file)
  await reopen()
  const [content, list] = await Promise.all([repository.read('tenants/b/tenant.yaml'), repository.list('')])
  expect(content).toBe('1')
  expect(list).toHaveLength(2)
  expect((await change({ 'tenants/a/tenant.yaml': '2' })).kind).toBe('committed')
  expect(onServer('show', 'main:tenants/b/tenant.yaml')).toBe('1')
})

test('a branch that a power failure left empty in the copy is fetched again', async () => {
  await repository.close()
  truncateSync(join(copy, 'repository.git', 'refs', 'kaas', 'head'), 0)
  repository = await open()
  await repository.fetch()
  expect(await repository.read('tenants/b/tenant.yaml')).toBe('1')
})

test('a change heals a damaged copy by itself, while it runs', async () => {
  for (const file of objectFiles()) cut(file, 0)
  expect((await change({ 'tenants/c/tenant.yaml': '1' })).kind).toBe('committed')
  expect(onServer('ls-tree', '-r', '--name-only', 'main').split('\n')).toHaveLength(3)
})

test('a copy that vanished under us is made again', async () => {
  rmSync(join(copy, 'repository.git'), { recursive: true })
  expect((await change({ 'tenants/a/tenant.yaml': '2' })).kind).toBe('committed')
  expect(await repository.read('tenants/b/tenant.yaml')).toBe('1')
})

test('lock files of a killed process are no obstacle', async () => {
  await repository.close()
  const git = join(copy, 'repository.git')
  for (const name of ['config.lock', 'packed-refs.lock', 'refs/kaas/head.lock', 'refs/kaas/new.lock']) {
    writeFileSync(join(git, name), '')
  }
  writeFileSync(join(git, 'objects', 'pack', 'tmp_pack_x'), 'PACK')
  repository = await open()
  expect((await change({ 'tenants/a/tenant.yaml': '2' })).kind).toBe('committed')
  expect(readdirSync(join(git, 'objects', 'pack'))).not.toContain('tmp_pack_x')
})

test('a process that is killed in the middle of changes, again and again, leaves a copy and a repository that work', async () => {
  await repository.close()
  for (let round = 0; round < 6; round++) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', endlessChanges(round)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await sleep(Math.random() * 60)
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  repository = await open()
  expect((await change({ 'tenants/a/tenant.yaml': 'after' })).kind).toBe('committed')
  expect(onServer('fsck', '--strict')).toBe('')
  expect(onServer('show', 'main:tenants/a/tenant.yaml')).toBe('after')
})

test('a folder that served another repository serves this one now, and shows nothing of the other', async () => {
  const other = join(folder, 'other.git')
  execFileSync('git', ['init', '--quiet', '--bare', other])
  await repository.close()
  repository = await open(other)
  expect(await repository.fetch()).toBeUndefined()
  expect(await repository.list('')).toEqual([])
})

test('a folder with a repository that is not ours is refused and left alone', async () => {
  const foreign = join(folder, 'foreign')
  mkdirSync(foreign)
  execFileSync('git', ['init', '--quiet', '--bare', join(foreign, 'repository.git')])
  await expect(open(url, foreign)).rejects.toMatchObject({ code: 'config-invalid' })
  expect(existsSync(join(foreign, 'repository.git', 'HEAD'))).toBe(true)
  expect(existsSync(join(foreign, 'lock'))).toBe(false)
})

test('another process is told who has the copy, and takes it over when that one is dead', async () => {
  await repository.close()
  const child = spawn(process.execPath, ['--input-type=module', '-e', endlessChanges(0)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  await expect(open()).rejects.toMatchObject({
    code: 'state-locked',
    message: expect.stringContaining(`process ${child.pid}`),
  })
  child.kill('SIGKILL')
  await once(child, 'close')
  repository = await open()
  await repository.fetch()
})

test('a deleted branch is not begun anew in silence, and the help says how to bring it back', async () => {
  const head = await repository.fetch()
  onServer('update-ref', '-d', 'refs/heads/main')
  await expect(change({ 'tenants/a/tenant.yaml': '2' })).rejects.toMatchObject({
    code: 'git-unavailable',
    help: expect.stringContaining(`${head}:refs/heads/main`),
  })
  expect(onServer('branch', '--list')).toBe('')
})

test('the history tells who changed a tenant and why, and git itself finds the trailers', async () => {
  const first = await repository.fetch()
  const message = messageFor({ verb: 'resize', tenant: 'a', generation: 2, author: 'ada', reason: 'More.\n\nMuch more.' })
  await repository.commit({
    message,
    author: { name: 'Ada', email: 'ada@x' },
    files: async () => new Map([['tenants/a/tenant.yaml', '2']]),
  })
  await change({ 'tenants/b/tenant.yaml': '2' })
  expect(await repository.history({ path: 'tenants/a', since: first })).toMatchObject([
    { author: { name: 'Ada', email: 'ada@x' }, committer: AUTHOR, message, at: expect.any(Date) },
  ])
  expect(await repository.history({ limit: 2 })).toHaveLength(2)
  expect(await repository.history({ since: '0'.repeat(40) })).toHaveLength(3)
  expect(onServer('log', '--format=%(trailers:key=KaaS-Tenant,valueonly)', '-1', 'main~1')).toBe('a')
})

test('hundreds of changes do not pile up files in the copy', async () => {
  for (let round = 0; round < 40; round++) {
    const files = Array.from({ length: 90 }, (_, n): [string, string] => [`many/${n}`, `${round} ${n}`])
    await repository.commit({ message: 'many', files: async () => new Map(files) })
  }
  expect(objectFiles().length).toBeGreaterThan(3000)
  await reopen()
  await change({ a: 'one more' })
  await waitFor(() => objectFiles().length < 300, { what: 'the copy to be packed' })
  expect(await repository.read('many/1')).toBe('39 1')
})

test.each(['../x', '/etc/passwd', 'a//b', 'a/.git/config', 'a/\nb', '', 'a/..'])(
  'the path %j is never read or written',
  async (path) => {
    await expect(repository.read(path)).rejects.toMatchObject({ code: 'internal-bug' })
    await expect(change({ [path]: 'x' })).rejects.toMatchObject({ code: 'internal-bug' })
  },
)

/** A program that commits until it is killed, and says so once. */
function endlessChanges(round: number): string {
  const options = JSON.stringify({ url, branch: 'main', directory: copy, author: AUTHOR })
  return `
    const { openTenantRepository } = await import(${JSON.stringify(MODULE)})
    const repository = await openTenantRepository(${options})
    for (let n = 0; ; n++) {
      const files = new Map([['tenants/a/tenant.yaml', '${round} ' + n], ['deep/' + n + '/x', 'x']])
      await repository.commit({ message: 'n', files: async () => files })
      if (n === 0) console.log('changed')
    }`
}

async function reopen(): Promise<void> {
  await repository.close()
  repository = await open()
}

function open(from = url, directory = copy): Promise<TenantRepository> {
  return openTenantRepository({ url: from, branch: 'main', directory, author: AUTHOR })
}

function change(files: Readonly<Record<string, string>>) {
  return repository.commit({ message: 'change', files: async () => new Map(Object.entries(files)) })
}

function onServer(...args: readonly string[]): string {
  return execFileSync('git', ['--git-dir', url, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim()
}

/** The files with objects in the copy, loose and packed; git makes them read-only. */
function objectFiles(): readonly string[] {
  const objects = join(copy, 'repository.git', 'objects')
  return readdirSync(objects, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}

function cut(file: string, size: number): void {
  chmodSync(file, 0o600)
  truncateSync(file, size)
}
