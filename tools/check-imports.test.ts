// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { manifest, runTool, writeTree } from './test/write-tree.ts'

const ROOT = JSON.stringify({ name: 'kaas', devDependencies: { vitest: '5.1.1' } })

function check(files: Readonly<Record<string, string>>) {
  return runTool('check-imports.ts', writeTree({ 'package.json': ROOT, ...files }))
}

test('a tree whose arrows all go down is fine', async () => {
  const { exit, lines } = await check({
    'packages/errors/package.json': manifest('@kaas/errors'),
    'packages/errors/src/index.ts': `export { a } from './a.ts'`,
    'packages/errors/src/a.ts': 'export const a = 1',
    'packages/domain/package.json': manifest('@kaas/domain', '@kaas/errors', 'zod'),
    'packages/domain/src/index.ts': `import { a } from '@kaas/errors'\nimport { z } from 'zod'\nexport const b = [a, z]`,
    'packages/domain/src/b.test.ts': `import { test } from 'vitest'\ntest('x', () => {})`,
  })
  expect(lines).toEqual(['imports: fine'])
  expect(exit).toBe(0)
})

test('an arrow that goes up, or to a neighbour on the same floor, is named with file and line', async () => {
  const { exit, lines } = await check({
    'packages/errors/package.json': manifest('@kaas/errors', '@kaas/domain'),
    'packages/errors/src/index.ts': `// one\nimport type { b } from '@kaas/domain'`,
    'packages/domain/package.json': manifest('@kaas/domain', '@kaas/telemetry'),
    'packages/domain/src/index.ts': `import '@kaas/telemetry'\nexport const b = 1`,
    'packages/telemetry/package.json': manifest('@kaas/telemetry'),
    'packages/telemetry/src/index.ts': 'export const c = 1',
  })
  expect(exit).toBe(1)
  expect(lines[0]).toMatch(/^packages\/domain\/src\/index\.ts:1 imports @kaas\/telemetry \(floor 1\) from floor 1/)
  expect(lines[1]).toMatch(/^packages\/errors\/src\/index\.ts:2 imports @kaas\/domain \(floor 1\) from floor 0/)
})

test('the command line may not reach past the HTTP contract and the planner, and the gateway not the store', async () => {
  const { lines } = await check({
    'packages/store/package.json': manifest('@kaas/store'),
    'packages/store/src/index.ts': 'export const s = 1',
    'packages/kafka-admin/package.json': manifest('@kaas/kafka-admin'),
    'packages/kafka-admin/src/index.ts': 'export const a = 1',
    'apps/gateway/package.json': manifest('@kaas/gateway', '@kaas/store'),
    'apps/gateway/src/main.ts': `import '@kaas/store'`,
    'apps/cli/package.json': manifest('@kaas/cli', '@kaas/kafka-admin'),
    'apps/cli/src/main.ts': `import '@kaas/kafka-admin'`,
  })
  expect(lines[0]).toContain('the command line knows the product through its HTTP contract')
  expect(lines[1]).toContain('the gateway serves from its snapshot, never from the database')
})

test('an app is never imported, not even by a test of another app', async () => {
  const { lines } = await check({
    'apps/gateway/package.json': manifest('@kaas/gateway'),
    'apps/gateway/src/index.ts': 'export const g = 1',
    'apps/local/package.json': manifest('@kaas/local'),
    'apps/local/src/x.test.ts': `import '@kaas/gateway'`,
  })
  expect(lines[0]).toContain('Apps are started, not imported')
})

test('an import that package.json does not name is refused in code and allowed to a test when the root has it', async () => {
  const { lines } = await check({
    'packages/errors/package.json': manifest('@kaas/errors'),
    'packages/errors/src/index.ts': `import { z } from 'zod'\nimport 'vitest'`,
    'packages/errors/src/index.test.ts': `import 'vitest'\nimport 'left-pad'`,
  })
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain('index.test.ts:2 imports left-pad')
  expect(lines[1]).toContain('index.ts:1 imports zod')
  expect(lines[2]).toContain('index.ts:2 imports vitest')
})

test('a package is entered by its door only: no relative path and no deep path crosses its border', async () => {
  const { lines } = await check({
    'packages/errors/package.json': manifest('@kaas/errors'),
    'packages/errors/src/index.ts': 'export const a = 1',
    'packages/domain/package.json': manifest('@kaas/domain', '@kaas/errors'),
    'packages/domain/src/a.ts': `import '../../errors/src/index.ts'`,
    'packages/domain/src/b.ts': `import '@kaas/errors/src/index.ts'`,
    'test/story.ts': `import '../packages/domain/src/a.ts'`,
  })
  expect(lines[0]).toContain('a.ts:1 imports ../../errors/src/index.ts, which lies outside packages/domain')
  expect(lines[1]).toContain('b.ts:1 imports @kaas/errors/src/index.ts, which @kaas/errors does not export')
  expect(lines[2]).toContain('test/story.ts:1 imports ../packages/domain/src/a.ts, which lies outside test')
})

test('files that import each other in a circle are named together, even when only types travel', async () => {
  const { lines } = await check({
    'packages/errors/package.json': manifest('@kaas/errors'),
    'packages/errors/src/a.ts': `import type { B } from './b.ts'\nexport type A = B`,
    'packages/errors/src/b.ts': `export { C } from './c.ts'\nexport type B = 1`,
    'packages/errors/src/c.ts': `export type C = typeof import('./a.ts')\nawait import('./a.ts')`,
    'packages/errors/src/d.ts': `import './a.ts'`,
  })
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('packages/errors/src/a.ts → packages/errors/src/b.ts → packages/errors/src/c.ts')
})

test('the test kit stays among tests', async () => {
  const { lines } = await check({
    'packages/testkit/package.json': manifest('@kaas/testkit'),
    'packages/testkit/src/index.ts': 'export const k = 1',
    'packages/store/package.json': manifest('@kaas/store', '@kaas/testkit'),
    'packages/store/src/a.ts': `import '@kaas/testkit'`,
    'packages/store/src/a.test.ts': `import '@kaas/testkit'`,
    'bench/a.ts': `import '@kaas/testkit'`,
  })
  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('packages/store/src/a.ts:1 imports @kaas/testkit, which only tests may')
})

test('a pure floor that reads clock, randomness, environment or files is named; what is handed in is not', async () => {
  const { lines } = await check({
    'packages/domain/package.json': manifest('@kaas/domain'),
    'packages/domain/src/a.ts': [
      `import { readFileSync } from 'node:fs'`,
      `import { createHash, randomBytes } from 'node:crypto'`,
      'export const now = () => Date.now()',
      'export const then = () => new Date(0)',
      'export const today = () => new Date()',
      'export const home = process.env.HOME',
      'export const call = (fetch: (url: string) => void) => fetch("x")',
    ].join('\n'),
    'packages/domain/src/a.test.ts': `import 'node:fs'`,
  })
  expect(lines.slice(0, -1).map((line) => line.replace(' on a pure floor. Take it as an argument.', ''))).toEqual([
    'packages/domain/src/a.ts:1 uses node:fs',
    'packages/domain/src/a.ts:2 uses randomBytes',
    'packages/domain/src/a.ts:3 uses Date.now',
    'packages/domain/src/a.ts:5 uses new Date()',
    'packages/domain/src/a.ts:6 uses process',
  ])
})

test('a layer inside an app that reaches up is named: services know no HTTP, steps no sockets', async () => {
  const { lines } = await check({
    'apps/control-plane/package.json': manifest('@kaas/control-plane', 'fastify'),
    'apps/control-plane/src/routes/a.ts': `import 'fastify'\nimport '../services/b.ts'`,
    'apps/control-plane/src/services/b.ts': `import type { X } from 'fastify'`,
    'apps/control-plane/src/reconciler/c.ts': `import '../services/b.ts'`,
    'apps/gateway/package.json': manifest('@kaas/gateway'),
    'apps/gateway/src/steps/names/d.ts': `import type { Socket } from 'node:net'`,
  })
  expect(lines.map((line) => line.split(' imports ')[0])).toEqual([
    'apps/control-plane/src/reconciler/c.ts:1',
    'apps/control-plane/src/services/b.ts:1',
    'apps/gateway/src/steps/names/d.ts:1',
    'imports: 3 to mend',
  ])
})

test('a new package without a floor is told where to get one', async () => {
  const { lines } = await check({ 'packages/attic/package.json': manifest('@kaas/attic') })
  expect(lines[0]).toBe('packages/attic/package.json:1 has no floor. Add it to tools/house/floors.ts.')
})
