// SPDX-License-Identifier: Apache-2.0
/** Tokens can be told from other words, and from each other. */
import { expect, it } from 'vitest'
import { newToken, parseToken, renderToken } from './api-token.ts'

it('a token is read back, and a scanner finds it by its shape', () => {
  for (let round = 0; round < 200; round += 1) {
    const token = newToken()
    const text = renderToken(token)
    expect(text).toMatch(/^kaas_[a-z0-9]{12}_[0-9A-Za-z]{49}$/)
    expect(parseToken(text)).toEqual(token)
  }
})

it('a token with a typing error is not looked up', () => {
  const text = renderToken(newToken())
  for (const at of [5, 20, 40, text.length - 1]) {
    const other = text[at] === 'a' ? 'b' : 'a'
    expect(parseToken(`${text.slice(0, at)}${other}${text.slice(at + 1)}`)).toBeUndefined()
  }
  for (const wrong of ['', 'kaas_', text.slice(1), `${text}x`, text.toUpperCase(), `kaas_${'x'.repeat(43)}`]) {
    expect(parseToken(wrong)).toBeUndefined()
  }
})

it('no two tokens are alike', () => {
  const many = Array.from({ length: 1000 }, newToken)
  expect(new Set(many.map(({ id }) => id)).size).toBe(1000)
  expect(new Set(many.map(({ secret }) => secret)).size).toBe(1000)
})
