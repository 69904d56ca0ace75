// SPDX-License-Identifier: Apache-2.0
/** Guessing what was meant, and not guessing wildly. */
import { expect, it } from 'vitest'
import { nearestWord } from './nearest-word.ts'

const WORDS = ['tenants', 'topics', 'users', 'teams', 'kafkaclusters']

it.each([
  ['tenatns', 'tenants'],
  ['topc', 'topics'],
  ['user', 'users'],
  ['kafkacluster', 'kafkaclusters'],
  ['gateways', undefined],
  ['', undefined],
])('%j is meant as %j', (typed, word) => {
  expect(nearestWord(typed, WORDS)).toBe(word)
})
