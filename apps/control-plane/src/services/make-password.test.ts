// SPDX-License-Identifier: Apache-2.0
/** Passwords: never twice, safe in every format, and worth what Kafka stores of them. */
import { expect, it } from 'vitest'
import { makePassword } from './make-password.ts'

it('are long, plain in every configuration format, and all different', async () => {
  const passwords = await Promise.all(Array.from({ length: 30 }, async () => (await makePassword('SCRAM-SHA-512')).password))
  for (const password of passwords) expect(password).toMatch(/^[A-HJ-NP-Za-km-z2-9]{32}$/)
  expect(new Set(passwords).size).toBe(30)
})

it('come with values for both mechanisms, each with a salt of its own', async () => {
  const { credential } = await makePassword('SCRAM-SHA-256')
  expect(credential.mechanism).toBe('SCRAM-SHA-256')
  expect(credential.values.map(({ mechanism, saltedPassword }) => [mechanism, saltedPassword.length])).toEqual([
    ['SCRAM-SHA-512', 64],
    ['SCRAM-SHA-256', 32],
  ])
  const [one, two] = credential.values
  expect(one?.salt.equals(two?.salt ?? Buffer.alloc(0))).toBe(false)
})
