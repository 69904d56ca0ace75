// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { renderFailures, runPart } from './part.ts'

function part(script: string) {
  return runPart({ name: 'types', command: ['sh', '-c', script], output: 'quiet', timeoutMs: 10_000 })
}

test('a part that passed names no failure', async () => {
  expect(await part('echo fine')).toMatchObject({ passed: 1, failed: 0, failures: [] })
})

test('a program that failed is named with the last it said, and one that said nothing with its code', async () => {
  expect(await part('echo first; echo why; exit 3')).toMatchObject({ failed: 1, failures: ['types: why'] })
  expect(await part('exit 3')).toMatchObject({ failed: 1, failures: ['types: ended with code 3'] })
})

test('the account of a long run ends with its failures, and with how many more there are', () => {
  const results = [
    { passed: 1, failed: 0, failures: [] },
    { passed: 0, failed: 3, failures: ['a', 'b', 'c'] },
    { passed: 0, failed: 1, failures: ['d'] },
  ]
  expect(renderFailures(results)).toEqual(['FAILED a', 'FAILED b', 'FAILED c', 'FAILED d'])
  expect(renderFailures(results, 2)).toEqual(['FAILED a', 'FAILED b', 'and 2 more'])
  expect(renderFailures([])).toEqual([])
})
