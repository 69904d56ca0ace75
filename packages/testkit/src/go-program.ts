// SPDX-License-Identifier: Apache-2.0
/** Go programs of the tests, built once per content of their folder and kept in the user's cache. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { cachedFolder, findProgram, runProgram } from '@kaas/kafka-engine'

/**
 * The path of the executable of the Go module in `folder` (flat, with `go.mod` and `go.sum`). Throws `tool-missing`
 * without Go (1.24 or later) and what the compiler says when the build fails.
 */
export async function goProgram(folder: string): Promise<string> {
  const go = findProgram('go', {
    package: 'golang-1.24',
    purpose: 'build the Go client of the tests (1.24 or later)',
    folders: ['/usr/local/go/bin', '/usr/lib/go-1.24/bin'],
  })
  const hash = createHash('sha256')
  const files = readdirSync(folder).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name))
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  const build = async (place: string): Promise<void> => {
    const args = ['build', '-trimpath', '-o', join(place, 'program'), '.']
    await runProgram(go, args, { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' }, timeoutMs: 600_000 })
  }
  return join(await cachedFolder(`go-${hash.digest('hex').slice(0, 16)}`, build), 'program')
}
