// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { countsOf } from './vitest-part.ts'

const clean = { numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, testResults: [] }

test('a clean run counts its tests', () => {
  expect(countsOf(clean, 0)).toEqual({ passed: 7, failed: 0 })
})

test('a skipped test makes the run fail, so that nothing is skipped silently', () => {
  expect(countsOf({ ...clean, numPendingTests: 2 }, 0)).toEqual({ passed: 7, failed: 2 })
})

test('a file that could not be loaded is a failure', () => {
  const testResults = [{ status: 'failed', assertionResults: [] }]
  expect(countsOf({ ...clean, testResults }, 1)).toEqual({ passed: 7, failed: 1 })
})

test('a run that died without a failed test is a failure', () => {
  expect(countsOf(clean, 1)).toEqual({ passed: 7, failed: 1 })
  expect(countsOf(undefined, 137)).toEqual({ passed: 0, failed: 1 })
})
