// SPDX-License-Identifier: Apache-2.0
/** The first start makes a repository to look into; no later one touches it. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parsePlatformProfile } from '@kaas/planner'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { LOCAL_PLATFORM, prepareTenantsRepository } from './tenants-repository.ts'

const newFolder = () => join(mkdtempSync(join(tmpdir(), 'kaas-state-')), 'tenants.git')

test('the repository begins with a platform that the planner takes', async () => {
  const folder = newFolder()
  expect(await prepareTenantsRepository(folder, () => {})).toBe(true)
  const text = execFileSync('git', ['--git-dir', folder, 'show', 'main:platform.yaml'], { encoding: 'utf8' })
  expect(text).toBe(LOCAL_PLATFORM)
  expect(parsePlatformProfile(parse(text)).zones).toHaveLength(3)
  expect(statSync(folder).mode & 0o077).toBe(0)
  expect(readdirSync(join(folder, '..'))).toEqual(['tenants.git'])
})

test('a second start leaves it as it is, also after a first one that was killed', async () => {
  const folder = newFolder()
  mkdirSync(`${folder}.new`)
  await prepareTenantsRepository(folder, () => {})
  const head = () => execFileSync('git', ['--git-dir', folder, 'rev-parse', 'main'], { encoding: 'utf8' })
  const before = head()
  await prepareTenantsRepository(folder, () => {})
  expect(head()).toBe(before)
})

test('without git the product starts, and says what cannot be ordered and what to install', async () => {
  const folder = newFolder()
  const printed: string[] = []
  const path = process.env.PATH
  process.env.PATH = '/nowhere'
  const isMade = await prepareTenantsRepository(folder, (line) => printed.push(line)).finally(() => {
    process.env.PATH = path
  })
  expect(isMade).toBe(false)
  expect(printed.join()).toMatch(/Kafka of their own cannot be ordered.*git is not installed.*apt-get install git/)
  expect(existsSync(folder)).toBe(false)
})
