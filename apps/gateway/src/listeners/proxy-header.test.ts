// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { readProxyHeader } from './proxy-header.ts'

const SIGNATURE = '0d0a0d0a000d0a515549540a'
/** 203.0.113.7:50000 to 10.0.0.1:9092, as HAProxy 2.6 writes it with `send-proxy-v2`. */
const IPV4 = `${SIGNATURE}2111000ccb0071070a000001c3502384`
const IPV6 = `${SIGNATURE}21210024${'20010db8000000000000000000000007'}${'20010db8000000000000000000000001'}c3502384`

test.each([
  ['an address of version 4', IPV4, 28, '203.0.113.7'],
  ['an address of version 6', IPV6, 52, '2001:db8::7'],
  ['a health check of the balancer itself', `${SIGNATURE}20000000`, 16, undefined],
  ['an address that the balancer hides', `${SIGNATURE}21000000`, 16, undefined],
  ['more fields behind the addresses', `${SIGNATURE}21110013cb0071070a000001c350238402000461626364`, 35, '203.0.113.7'],
])('%s is read, and where the client’s bytes begin', (_, hex, length, remote) => {
  const bytes = Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from('client')])
  expect(readProxyHeader(bytes)).toEqual({ kind: 'complete', length, remote })
})

test('a header may come byte by byte', () => {
  const bytes = Buffer.from(IPV4, 'hex')
  for (let length = 0; length < bytes.length; length++) {
    expect(readProxyHeader(bytes.subarray(0, length)), `${length} bytes`).toEqual({ kind: 'incomplete' })
  }
})

test.each([
  ['a TLS handshake without a header', '16030100'],
  ['version 1, which is text', Buffer.from('PROXY TCP4 203.0.113.7 ').toString('hex')],
  ['an unknown version', `${SIGNATURE}3111000c`],
  ['a length far beyond any address', `${SIGNATURE}2111ffff`],
])('%s is refused at once', (_, hex) => {
  expect(readProxyHeader(Buffer.from(hex, 'hex')).kind).toBe('wrong')
})
