// SPDX-License-Identifier: Apache-2.0
import { expect, it } from 'vitest'
import { chartFiles } from './chart-files.ts'

it('charts in the repository of tenants have versions that say their content, so that Flux takes over each change and nothing else', () => {
  const versions = [...chartFiles()]
    .filter(([path]) => path.endsWith('/Chart.yaml'))
    .map(([, text]) => /^version: (.*)$/m.exec(text)?.[1])
  expect(versions).toHaveLength(4)
  for (const version of versions) expect(version).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/)
  expect(new Set(versions).size).toBe(4)
  expect([...chartFiles()]).toEqual([...chartFiles()])
})
