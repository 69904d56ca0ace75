// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { freePort, freePorts, isPortFree } from './free-ports.ts'

test('nobody is given the same ports twice, though no server listens on them yet', async () => {
  const rows = await Promise.all(Array.from({ length: 10 }, () => freePorts(9)))
  for (const row of rows) expect(row).toEqual(row.map((_, index) => (row[0] ?? 0) + index))
  expect(new Set(rows.flat()).size).toBe(10 * 9)
  expect(await isPortFree(await freePort())).toBe(true)
})
