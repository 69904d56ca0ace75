// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { ReadGate } from './read-gate.ts'

test('a socket is read again only when the last reason has gone', () => {
  const calls: string[] = []
  const gate = new ReadGate<'slow' | 'busy'>(
    () => calls.push('stop'),
    () => calls.push('go'),
  )
  gate.hold('slow')
  gate.hold('busy')
  gate.hold('slow')
  gate.release('slow')
  expect(calls).toEqual(['stop'])
  gate.release('slow')
  gate.release('busy')
  expect(calls).toEqual(['stop', 'go'])
  expect(gate.isHeld).toBe(false)
})
