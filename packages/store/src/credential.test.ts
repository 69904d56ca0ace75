// SPDX-License-Identifier: Apache-2.0
/** Which password serves which mechanism. */
import { expect, it } from 'vitest'
import { SCRAM_MECHANISMS, type ScramMechanism, scramEntriesFor } from './credential.ts'

const credential = (id: string, mechanism: ScramMechanism) => ({
  id,
  mechanism,
  createdAt: new Date(0),
  values: SCRAM_MECHANISMS.map((each) => ({
    mechanism: each,
    iterations: 4096,
    salt: Buffer.from(id),
    saltedPassword: Buffer.from(id),
  })),
})

it.each([
  ['nobody', [], {}],
  ['one password serves both', [credential('a', 'SCRAM-SHA-256')], { 'SCRAM-SHA-512': 'a', 'SCRAM-SHA-256': 'a' }],
  [
    'two serve the mechanism each was announced for',
    [credential('new', 'SCRAM-SHA-256'), credential('old', 'SCRAM-SHA-512')],
    { 'SCRAM-SHA-512': 'old', 'SCRAM-SHA-256': 'new' },
  ],
  [
    'the newer wins when both were announced for the same',
    [credential('new', 'SCRAM-SHA-512'), credential('old', 'SCRAM-SHA-512')],
    { 'SCRAM-SHA-512': 'new', 'SCRAM-SHA-256': 'new' },
  ],
])('%s', (_, credentials, expected) => {
  const entries = scramEntriesFor(credentials).map((entry) => [entry.mechanism, entry.credentialId])
  expect(Object.fromEntries(entries)).toEqual(expected)
})
