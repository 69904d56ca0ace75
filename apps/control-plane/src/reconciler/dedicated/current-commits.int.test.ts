// SPDX-License-Identifier: Apache-2.0

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTenantRepository } from '@kaas/gitops'
import { runProgram, temporaryDirectory } from '@kaas/testkit'
import { expect, test } from 'vitest'
import { object } from '../../../test/code/pieces.ts'
import { currentCommits } from './current-commits.ts'

const bare = temporaryDirectory('bare')
const person = temporaryDirectory('person')
const git = (...args: readonly string[]) =>
  runProgram('git', ['-c', 'user.name=A person', '-c', 'user.email=person@example.org', ...args], { cwd: person })

/** What somebody merges: a file beside those of the tenants. */
async function merge(file: string): Promise<string> {
  writeFileSync(join(person, file), 'x\n')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', file)
  await git('push', '--quiet', bare, 'HEAD:main')
  return (await git('rev-parse', 'HEAD')).stdout.trim()
}

test('a tenant stays as it is when Flux sees the commit of another one before the control plane does', async () => {
  await runProgram('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', bare])
  await git('init', '--quiet', '--initial-branch', 'main')
  await merge('first')
  const author = { name: 'kaas', email: 'kaas@example.org' }
  const repository = await openTenantRepository({ url: bare, branch: 'main', directory: temporaryDirectory('copy'), author })
  await repository.fetch()
  const newer = await merge('second')
  const source = object('GitRepository', 'kaas', { status: { artifact: { revision: `main@sha1:${newer}` } } })
  expect([...(await currentCommits(repository, 'shop', [source]))]).toEqual([newer])
  const gone = object('GitRepository', 'kaas', { status: { artifact: { revision: `main@sha1:${'0'.repeat(40)}` } } })
  expect([...(await currentCommits(repository, 'shop', [gone]))]).toEqual([])
  await repository.close()
})
