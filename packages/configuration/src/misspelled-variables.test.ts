// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { defineConfig, misspelledVariables, port } from './index.ts'

const definition = defineConfig({
  KAAS_API_PORT: { schema: port, default: '8080', example: '8080', description: 'The port.' },
})

test('a letter too few is named together with the variable that was meant', () => {
  expect(misspelledVariables(definition, { KAAS_API_POT: '1' })).toEqual([{ name: 'KAAS_API_POT', meant: 'KAAS_API_PORT' }])
})

test('variables of other apps and of other programs are no misspellings', () => {
  expect(misspelledVariables(definition, { KAAS_DATABASE_URL: 'x', API_PORT: '1', PATH: '/bin' })).toEqual([])
})

test('nothing is said when the correct variable is set as well', () => {
  expect(misspelledVariables(definition, { KAAS_API_POT: '1', KAAS_API_PORT: '2' })).toEqual([])
})
