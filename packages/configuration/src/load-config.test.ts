// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { expect, expectTypeOf, test } from 'vitest'
import { z } from 'zod'
import { defineConfig, flag, httpUrl, loadConfig, oneOf, path, port, serverList, text } from './index.ts'

const definition = defineConfig({
  KAAS_API_PORT: { schema: port, default: '8080', example: '8080', description: 'The port.' },
  KAAS_TOKEN_FILE: { schema: path, example: '/etc/kaas/token', description: 'The token.', secretFile: true },
  KAAS_KAFKA: { schema: serverList.optional(), example: 'broker-1:9092', description: 'The cluster.' },
  KAAS_LOG_LEVEL: { schema: oneOf(['info', 'debug']), default: 'info', example: 'debug', description: 'The level.' },
})

function problemsOf(run: () => unknown): KaasError {
  try {
    run()
  } catch (error) {
    if (error instanceof KaasError) return error
    throw error
  }
  throw new Error('expected config-invalid, and nothing was thrown')
}

test('a set variable becomes a camelCase property with the type of its schema', () => {
  const config = loadConfig(definition, { KAAS_TOKEN_FILE: '/t', KAAS_KAFKA: 'a:1, b:2', KAAS_API_PORT: '9' })
  expect(config).toEqual({ apiPort: 9, tokenFile: '/t', kafka: ['a:1', 'b:2'], logLevel: 'info' })
  expectTypeOf(config.apiPort).toEqualTypeOf<number>()
  expectTypeOf(config.kafka).toEqualTypeOf<string[] | undefined>()
  expectTypeOf(config.logLevel).toEqualTypeOf<'info' | 'debug'>()
})

test('an unset variable takes its default, or stays undefined when its schema is optional', () => {
  const config = loadConfig(definition, { KAAS_TOKEN_FILE: '/t' })
  expect(config).toEqual({ apiPort: 8080, tokenFile: '/t', kafka: undefined, logLevel: 'info' })
})

test('an empty variable counts as unset, as an empty line of a Kubernetes manifest means it', () => {
  expect(loadConfig(definition, { KAAS_TOKEN_FILE: '/t', KAAS_API_PORT: ' ' }).apiPort).toBe(8080)
})

test('the configuration cannot be changed after it is loaded, lists included', () => {
  const config = loadConfig(definition, { KAAS_TOKEN_FILE: '/t', KAAS_KAFKA: 'a:1' })
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.kafka)).toBe(true)
})

test('every problem is reported at once, each with name, shape and example', () => {
  const error = problemsOf(() => loadConfig(definition, { KAAS_API_PORT: '99999', KAAS_KAFKA: 'nothing' }))
  expect(error.code).toBe('config-invalid')
  expect(error.fields).toEqual([
    { path: 'KAAS_API_PORT', message: 'is a whole number: it must be a whole number from 0 to 65535. Example: 8080' },
    { path: 'KAAS_TOKEN_FILE', message: 'is not set. Example: /etc/kaas/token' },
    { path: 'KAAS_KAFKA', message: 'is a text of 7 characters: it must be host:port,host:port. Example: broker-1:9092' },
  ])
  expect(error.message).toContain('3 variables are not usable')
})

test('a transform that throws is a problem of its variable, and its message does not leak the value', () => {
  const thrower = text.transform((value): number => {
    throw new KaasError('quantity-invalid', { message: `"${value}" is not a duration`, help: 'Write it like 7d.' })
  })
  const wait = defineConfig({ KAAS_WAIT: { schema: thrower, example: '7d', description: 'The wait.' } })
  const error = problemsOf(() => loadConfig(wait, { KAAS_WAIT: 'hunter2' }))
  expect(error.fields).toEqual([{ path: 'KAAS_WAIT', message: 'is a text of 7 characters: Write it like 7d. Example: 7d' }])
})

test('a coercing schema does not turn an unset variable into the text "undefined"', () => {
  const coercing = defineConfig({ KAAS_NAME: { schema: z.coerce.string(), example: 'a', description: 'The name.' } })
  expect(problemsOf(() => loadConfig(coercing, {})).fields[0]?.message).toBe('is not set. Example: a')
})

test('no message ever contains the value that was refused', () => {
  const strict = defineConfig({
    KAAS_PORT: { schema: port, example: '1', description: 'A port.' },
    KAAS_FLAG: { schema: flag, example: 'true', description: 'A flag.' },
    KAAS_URL: { schema: httpUrl, example: 'http://x', description: 'An address.' },
  })
  const secret = fc.stringMatching(/^[A-Z]{3}[!-/]{6}[A-Z]{3}$/)
  fc.assert(
    fc.property(secret, (value) => {
      const error = problemsOf(() => loadConfig(strict, { KAAS_PORT: value, KAAS_FLAG: value, KAAS_URL: value }))
      expect(error.fields).toHaveLength(3)
      expect(JSON.stringify([error.message, error.help, error.fields])).not.toContain(JSON.stringify(value).slice(1, -1))
    }),
  )
})
