// SPDX-License-Identifier: Apache-2.0
/**
 * The walk of the guide for production, typed as it stands there: certificates, three gateways behind HAProxy, a rolling restart under
 * load, a renewed certificate. What the guide says that the reader sees is what is expected here.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Product, type ProgramResult, runProgram, startProduct, waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const GUIDE = join(ROOT, 'docs/guides/gateway-in-production.md')
const CHAPTER = 'Three gateways on your own machine'

let product: Product
let walk: ProgramResult

beforeAll(async () => {
  product = await startProduct()
  const env = { ...process.env, KAAS_STATE_DIR: product.stateDirectory, KAAS_API_PORT: product.env.KAAS_API_PORT }
  const script = `set -euo pipefail\n${blocksOf(readFileSync(GUIDE, 'utf8')).join('\n')}`
  walk = await runProgram('bash', ['-c', script], { cwd: ROOT, env, timeoutMs: 500_000, allowFailure: true })
})

afterAll(async () => {
  for (const pid of leftBehind()) process.kill(pid, 'SIGTERM')
  await product?.stop()
})

test('every command of the walk works as written', () => {
  expect({ code: walk.code, end: walk.code === 0 ? '' : `${walk.stdout}\n${walk.stderr}` }).toEqual({ code: 0, end: '' })
})

test('the three gateways get ready, clients see the balancer only, and nothing is lost or doubled in the rolling restart', () => {
  // Three starts, and three in the rolling restart.
  expect(walk.stdout.match(/^ready$/gm)).toHaveLength(6)
  expect(walk.stdout).toMatch(/1 brokers:\n\s+broker 0 at localhost:19091/)
  expect(walk.stdout).toContain('1000 different records of 1000')
})

test('the renewed certificate is shown without a restart', () => {
  expect(walk.stdout).toMatch(/listeners and certificates were read again/)
})

test('nothing that the walk started stays', async () => {
  await waitFor(() => leftBehind().length === 0, { what: 'the end of what the walk started' })
})

/** What stands in the chapter to be typed. */
function blocksOf(guide: string): readonly string[] {
  const chapter = guide.split(/^## /m).find((each) => each.startsWith(CHAPTER)) ?? ''
  return [...chapter.matchAll(/^ {3}```bash\n([\s\S]*?)^ {3}```$/gm)].map(([, block = '']) => block.replace(/^ {3}/gm, ''))
}

function leftBehind(): readonly number[] {
  const folder = join(product.stateDirectory, 'fleet')
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.pid'))
  return files.map((file) => Number(readFileSync(join(folder, file), 'utf8'))).filter(isAlive)
}

function isAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}
