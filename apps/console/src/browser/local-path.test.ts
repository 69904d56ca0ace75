// SPDX-License-Identifier: Apache-2.0
/** After signing in nobody finds herself on another site. */
import { expect, it } from 'vitest'
import { localPath } from './local-path.ts'

it.each(['/', '/tenants/orders?tab=topics', '/device?code=BCDF-GHJK'])('%j leads to the page', (path) => {
  expect(localPath(path)).toBe(path)
})

it.each(['', '//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', '/sign-in?returnTo=/'])(
  '%j leads to the start',
  (path) => {
    expect(localPath(path)).toBe('/')
  },
)
