// SPDX-License-Identifier: Apache-2.0
import { FORMATS, PASSWORD_PLACEHOLDER } from '@kaas/client-configuration'
import { expect, test } from 'vitest'
import { FORMAT_CHOICES, formatChoiceOf, type Known, needsFiles, snippetOf } from './formats.ts'

const KNOWN: Known = {
  tenant: 'orders',
  user: 'app',
  answer: {
    bootstrap: 'kafka.example.org:9092',
    caPem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
    login: { kind: 'scram', mechanism: 'SCRAM-SHA-512', username: 'orders.app' },
  },
  gateway: true,
  password: undefined,
  topic: 'payments',
  group: 'readers',
}

test('every format that kaas connect knows is offered in the browser', () => {
  expect(FORMAT_CHOICES.map(({ name }) => name).sort()).toEqual(Object.keys(FORMATS).sort())
})

test.each(FORMAT_CHOICES)('$label has address and user, and the password that was just made', ({ name }) => {
  const text = snippetOf(name, { ...KNOWN, password: 'made-just-now', mechanism: 'SCRAM-SHA-256' })
  expect(text).toContain('kafka.example.org:9092')
  expect(text).toContain('orders.app')
  expect(text).toContain('made-just-now')
  expect(text).not.toContain(PASSWORD_PLACEHOLDER)
})

test('a password that is not known is a gap that says so, not an empty one', () => {
  expect(snippetOf('properties', KNOWN)).toContain(PASSWORD_PLACEHOLDER)
})

test('formats that take no certificate inside name the file to save beside them', () => {
  expect(needsFiles('kcat', KNOWN)).toEqual(['ca'])
  expect(snippetOf('kcat', KNOWN)).toContain('ssl.ca.location=ca.pem')
  expect(needsFiles('properties', KNOWN)).toEqual([])
  const tls = { kind: 'tls', username: 'orders.app', certificatePem: 'C', keyPem: 'K' } as const
  expect(needsFiles('kcat', { answer: { ...KNOWN.answer, login: tls } })).toEqual(['ca', 'certificate', 'key'])
})

test('an address with a format of another version shows the first one', () => {
  expect(formatChoiceOf('cobol').name).toBe('kcat')
})
