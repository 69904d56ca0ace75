// SPDX-License-Identifier: Apache-2.0
/** Nobody is led away from the console after signing in. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { returnPathOf } from './return-path.ts'

it.each(['/', '/tenants', '/tenants/orders?tab=topics&filter=name~pay#top', '/t/%2F%2Fevil.example'])(
  '%j leads to the page that was asked for',
  (path) => {
    expect(returnPathOf(path)).toBe(path)
  },
)

it.each([
  undefined,
  '',
  'tenants',
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/tenants/..//evil.example/',
  '/%5C/../\\evil.example',
  'javascript:alert(1)',
  '/tenants\r\nset-cookie: a=b',
  '/v1/sign-out',
  '/sign-in?returnTo=/sign-in',
  `/${'x'.repeat(5000)}`,
])('%j leads to the start', (path) => {
  expect(returnPathOf(path)).toBe('/')
})

it('whatever is asked for, a browser stays on the console', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '@',
    ':',
    '?',
    '#',
    '%2f',
    '\t',
    '\n',
    ' ',
    'evil.example',
    'https:',
    'x',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
      const resolved = new URL(returnPathOf(parts.join('')), 'https://kaas.example')
      expect(resolved.origin).toBe('https://kaas.example')
    }),
  )
})
