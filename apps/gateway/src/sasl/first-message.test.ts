// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { parseBearer, parsePlain, parseScramFirst } from './first-message.ts'

test('the user of a SCRAM log-in is read as RFC 5802 writes it', () => {
  expect(parseScramFirst(Buffer.from('n,,n=orders.app,r=abc'))).toEqual({
    user: 'orders.app',
    nonce: 'abc',
    isTokenId: false,
  })
  expect(parseScramFirst(Buffer.from('n,,n=a=2Cb=3Dc,r=x')).user).toBe('a,b=c')
  expect(parseScramFirst(Buffer.from('n,a=orders.app,n=orders.app,r=x')).user).toBe('orders.app')
})

test('a delegation token is told apart from a user', () => {
  expect(parseScramFirst(Buffer.from('n,,n=id,r=x,tokenauth=true')).isTokenId).toBe(true)
})

test.each(['', 'n,,n=a', 'y,,n=a,r=b', 'p=tls,,n=a,r=b', 'n,,n==41,r=b', 'n,a=other,n=me,r=b', 'n,,n=,r=b', 'n,,r=b,n=a'])(
  'the SCRAM message "%s" is refused',
  (text) => {
    expect(() => parseScramFirst(Buffer.from(text))).toThrow(/cannot be read/)
  },
)

test('PLAIN carries a name and a password, and an authorization id only when it is the same name', () => {
  expect(parsePlain(Buffer.from('\0orders.app\0secret'))).toEqual({ user: 'orders.app', password: 'secret' })
  expect(parsePlain(Buffer.from('orders.app\0orders.app\0secret')).user).toBe('orders.app')
  for (const text of ['', 'a\0b', '\0\0x', '\0a\0', 'other\0a\0b', '\0a\0b\0c']) {
    expect(() => parsePlain(Buffer.from(text))).toThrow(/cannot be read/)
  }
})

const bearer = (text: string) => Buffer.from(text.replaceAll('|', String.fromCharCode(1)))

test('OAUTHBEARER: the token is found among what clients add', () => {
  for (const text of ['n,,|auth=Bearer a.b-c_d==||', 'n,a=orders.app,|auth=bearer a.b-c_d==|traceId=1||']) {
    expect(parseBearer(bearer(text))).toBe('a.b-c_d==')
  }
  for (const text of [
    '',
    'n,,',
    'n,,|auth=Bearer a b||',
    'n,,|auth=Basic abc||',
    'y,,|auth=Bearer a||',
    'n,,|auth=Bearer a|',
  ]) {
    expect(() => parseBearer(bearer(text)), text).toThrow(/cannot be read/)
  }
})
