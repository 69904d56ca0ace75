// SPDX-License-Identifier: Apache-2.0
/** The console's own address is not told by whoever asks. */
import { expect, it } from 'vitest'
import { readCookie, renderCookie } from './cookies.ts'
import { checkPublicUrl, isOwnOrigin, publicOrigin } from './public-address.ts'

it('is the configured one, whatever host was asked', () => {
  expect(publicOrigin(new URL('https://kaas.example.org'), 'evil.example')).toBe('https://kaas.example.org')
})

it.each(['127.0.0.1:8080', 'localhost:8080', '[::1]:8080', 'localhost'])('without one is %s on this machine', (host) => {
  expect(publicOrigin(undefined, host)).toBe(`http://${host}`)
})

it.each(['kaas.example.org', '127.0.0.1.evil.example', 'localhost@evil.example', '10.0.0.1:8080', '', undefined])(
  'without one is not %s',
  (host) => {
    expect(() => publicOrigin(undefined, host)).toThrow(expect.objectContaining({ code: 'not-configured' }))
  },
)

it.each(['http://kaas.example.org', 'https://kaas.example.org/console', 'https://u@kaas.example.org', 'ftp://localhost'])(
  '%s cannot be configured',
  (url) => {
    expect(() => checkPublicUrl(new URL(url))).toThrow(expect.objectContaining({ code: 'config-invalid' }))
  },
)

it('an origin is ours to the letter, or not told', () => {
  const own = 'https://kaas.example.org'
  expect(isOwnOrigin(own, own)).toBe(true)
  expect(isOwnOrigin(undefined, own)).toBe(true)
  for (const other of [
    'null',
    'http://kaas.example.org',
    'https://kaas.example.org.evil.example',
    'https://x.kaas.example.org',
  ])
    expect(isOwnOrigin(other, own), other).toBe(false)
})

it('a cookie is read by its whole name, and only when it is there once', () => {
  const plain = { secure: false }
  expect(readCookie('a=1; kaas_session=x; b=2', 'kaas_session', plain)).toBe('x')
  expect(readCookie('not_kaas_session=x', 'kaas_session', plain)).toBeUndefined()
  expect(readCookie('kaas_session=x; kaas_session=y', 'kaas_session', plain)).toBeUndefined()
  expect(readCookie('kaas_session=x', 'kaas_session', { secure: true })).toBeUndefined()
  expect(readCookie(undefined, 'kaas_session', plain)).toBeUndefined()
  expect(renderCookie('kaas_session', 'x', { secure: true })).toBe(
    '__Host-kaas_session=x; Path=/; HttpOnly; SameSite=Lax; Secure',
  )
})
