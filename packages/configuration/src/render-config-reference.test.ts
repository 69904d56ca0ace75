// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { defineConfig, path, port, renderConfigReference, text } from './index.ts'

test('the page has a section per variable with default, example and meaning', () => {
  const definition = defineConfig({
    KAAS_API_PORT: { schema: port, default: '8080', example: '8081', description: 'Where the API listens.' },
    KAAS_NAME: { schema: text.optional(), example: 'a', description: 'A name.' },
    KAAS_TOKEN_FILE: { schema: path, example: '/t', description: 'The token.', secretFile: true },
  })
  const page = renderConfigReference(definition, 'Configuration of the API')
  expect(page).toMatch(/^# Configuration of the API\n/)
  expect(page).toContain('## `KAAS_API_PORT`\n\nWhere the API listens.\n\n- Default: `8080`\n- Example: `8081`\n')
  expect(page).toContain('## `KAAS_NAME`\n\nA name.\n\n- Default: unset\n')
  expect(page).toContain('- Default: none: it must be set\n- Example: `/t`\n- The file holds a secret')
})
