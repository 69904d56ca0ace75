// SPDX-License-Identifier: Apache-2.0
import { FORMATS } from '@kaas/client-configuration'
import { expect, it } from 'vitest'
import { FORMAT_NAMES } from './program-order.ts'

it('the help of connect names exactly the formats that exist', () => {
  expect([...FORMAT_NAMES]).toEqual(Object.keys(FORMATS))
})
