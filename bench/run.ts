// SPDX-License-Identifier: Apache-2.0
/**
 * `npm run bench [name …]`: runs the named benchmarks, or all, one after another. A benchmark is a script beside this file that
 * answers one question, prints a table and writes it to `bench/results/<name>.md` with the command and the machine.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(here)
  .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
  .map((file) => file.replace(/\.ts$/, ''))

const wanted = process.argv.length > 2 ? process.argv.slice(2) : all
const unknown = wanted.filter((name) => !existsSync(`${here}${name}.ts`))
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.map((name) => `"${name}"`).join(', ')}. There are: ${all.join(', ')}.`)
  process.exit(2)
}
for (const name of wanted) {
  console.log(`\n== ${name}`)
  const { status } = spawnSync(process.execPath, [`${here}${name}.ts`], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
