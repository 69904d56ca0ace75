// SPDX-License-Identifier: Apache-2.0
/** The reference of the command line says what the commands take. `UPDATE_EXPECTED=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { renderReference } from '../test/render-reference.ts'

const PAGE = new URL('../../../docs/reference/cli.md', import.meta.url)

it('docs/reference/cli.md names every command, argument, option and default', () => {
  const text = renderReference()
  if (process.env.UPDATE_EXPECTED === '1') writeFileSync(PAGE, text)
  expect(readFileSync(PAGE, 'utf8')).toBe(text)
})
