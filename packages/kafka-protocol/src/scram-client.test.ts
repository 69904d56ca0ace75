// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { describe, expect, test } from 'vitest'
import { saltPassword, scramClient } from './scram-client.ts'
import { parseClientFirst } from './scram-messages.ts'

/** The exchange printed in RFC 7677 section 3. */
const RFC = {
  nonce: 'rOprNGfwEbeRWgbNEkqO',
  serverFirst: Buffer.from('r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'),
  clientFinal: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: Buffer.from('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='),
}
const rfcClient = () => scramClient('SCRAM-SHA-256', 'user', 'pencil', RFC.nonce)

function codeOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (thrown) {
    return thrown instanceof KaasError ? thrown.code : String(thrown)
  }
}

describe('A SCRAM exchange', () => {
  test('is the one that RFC 7677 prints', () => {
    const client = rfcClient()
    expect(client.first().toString()).toBe('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')
    expect(client.final(RFC.serverFirst).toString()).toBe(RFC.clientFinal)
    expect(codeOf(() => client.verify(RFC.serverFinal))).toBeUndefined()
  })

  test('is the same when the hashing is done off the event loop', async () => {
    const client = rfcClient()
    expect((await client.finalAsync(RFC.serverFirst)).toString()).toBe(RFC.clientFinal)
    expect(codeOf(() => client.verify(RFC.serverFinal))).toBeUndefined()
  })

  test('works with the salted value in place of the password, but not with that of another credential', () => {
    const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
    const saltedPassword = saltPassword('SCRAM-SHA-256', 'pencil', salt, 4096)
    const salted = { salt, iterations: 4096, saltedPassword }
    const client = scramClient('SCRAM-SHA-256', 'user', '', RFC.nonce, { salted })
    expect(client.final(RFC.serverFirst).toString()).toBe(RFC.clientFinal)
    const other = scramClient('SCRAM-SHA-256', 'user', '', RFC.nonce, { salted: { ...salted, iterations: 8192 } })
    expect(codeOf(() => other.final(RFC.serverFirst))).toBe('credentials-wrong')
  })

  test('keeps commas and equals signs in user names apart from its own', () => {
    const first = scramClient('SCRAM-SHA-512', 'a=b,c', 'x', 'nonce').first()
    expect(first.toString()).toBe('n,,n=a=3Db=2Cc,r=nonce')
    expect(parseClientFirst(first)).toEqual({ username: 'a=b,c', nonce: 'nonce', extensions: new Map() })
  })

  test('with a delegation token says so', () => {
    const first = scramClient('SCRAM-SHA-512', 'token-id', 'hmac', 'nonce', { tokenAuth: true }).first()
    expect(parseClientFirst(first).extensions).toEqual(new Map([['tokenauth', 'true']]))
  })
})

describe('A server that cannot be trusted is refused', () => {
  test.each([
    ['does not continue the nonce', 'r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096'],
    ['adds nothing to the nonce', `r=${RFC.nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`],
    ['asks for few iterations', `r=${RFC.nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=1`],
    ['asks for a billion iterations', `r=${RFC.nonce}x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=999999999`],
    ['says nothing that can be read', 'hello'],
    ['sends no salt', `r=${RFC.nonce}x,s=,i=4096`],
  ])('because it %s', (_, serverFirst) => {
    expect(codeOf(() => rfcClient().final(Buffer.from(serverFirst)))).toBe('credentials-wrong')
  })

  test.each([
    ['refuses', 'e=invalid-proof'],
    ['does not know the password', 'v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='],
    ['signs with too little', 'v=6rriTRBi'],
    ['says nothing that can be read', ''],
  ])('because it %s at the end', (_, serverFinal) => {
    const client = rfcClient()
    client.final(RFC.serverFirst)
    expect(codeOf(() => client.verify(Buffer.from(serverFinal)))).toBe('credentials-wrong')
  })

  test('also when it claims success before it was asked', () => {
    expect(codeOf(() => rfcClient().verify(RFC.serverFinal))).toBe('credentials-wrong')
  })
})

describe("A client's first message", () => {
  test.each(['y,,n=a,r=b', 'p=tls-unique,,n=a,r=b', 'n,,n=a', 'n,,m=x,n=a,r=b', 'n,a=other,n=a,r=b', 'n,,n=a=2,r=b', ''])(
    'that asks for what Kafka lacks, or is none, is refused: %s',
    (text) => {
      expect(codeOf(() => parseClientFirst(Buffer.from(text)))).toBe('credentials-wrong')
    },
  )

  test('may name itself as the one to act as', () => {
    expect(parseClientFirst(Buffer.from('n,a=orders.app,n=orders.app,r=abc')).username).toBe('orders.app')
  })
})
