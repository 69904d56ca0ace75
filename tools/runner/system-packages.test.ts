// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { planFor } from './system-packages.ts'

const PACKAGES = ['kcat', 'maven']

test('on Debian as root, what the tests need is installed', () => {
  const plan = planFor(PACKAGES, { isDebian: true, isRoot: true })
  expect(plan).toEqual({
    kind: 'install',
    command: 'apt-get update && apt-get install -y --no-install-recommends kcat maven',
  })
})

test('on Debian as somebody else, one command to type is named', () => {
  const plan = planFor(PACKAGES, { isDebian: true, isRoot: false })
  expect(plan).toMatchObject({ kind: 'tell', sentence: expect.stringMatching(/sudo sh -c 'apt-get update .* kcat maven'/) })
})

test('elsewhere, the packages are named, and nothing is skipped', () => {
  const plan = planFor(PACKAGES, { isDebian: false, isRoot: true })
  expect(plan).toMatchObject({ kind: 'tell', sentence: expect.stringContaining('kcat maven') })
})
