// SPDX-License-Identifier: Apache-2.0
/** A platform that takes its own commits for those of others cries drift at every second order. Real Git. */
import { openTenantRepository } from '@kaas/gitops'
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mergeInto, newRepository } from '../../test/code/git-installation.ts'
import { PLATFORM_COMMITTER } from '../code/commit-message.ts'
import { changedByOthers } from './changed-by-others.ts'

const FILE = 'tenants/orders/tenant.yaml'
let bare: string
let repository: Awaited<ReturnType<typeof openTenantRepository>>

beforeAll(async () => {
  bare = await newRepository()
  const directory = temporaryDirectory('clone')
  repository = await openTenantRepository({ url: bare, branch: 'main', directory, author: PLATFORM_COMMITTER })
  await repository.fetch()
})

afterAll(() => repository?.close())

async function commitAsPlatform(text: string): Promise<void> {
  const author = { name: 'ada', email: 'ada@users.kaas.invalid' }
  await repository.commit({ message: 'Order', author, files: async () => new Map([[FILE, text]]) })
}

test('what the platform wrote for somebody is its own; what was merged is not, and only for the tenant whose files it changed', async () => {
  expect(await changedByOthers(repository, 'orders')).toBe(false)
  await commitAsPlatform('one: 1\n')
  expect(await changedByOthers(repository, 'orders')).toBe(false)
  await mergeInto(bare, 'Meddle', { [FILE]: 'one: 2\n' })
  await repository.fetch()
  expect(await changedByOthers(repository, 'orders')).toBe(true)
  expect(await changedByOthers(repository, 'shop')).toBe(false)
  await commitAsPlatform('one: 3\n')
  expect(await changedByOthers(repository, 'orders')).toBe(false)
})
