// SPDX-License-Identifier: Apache-2.0
/**
 * Makes the vectors in `test/vectors/apache/`: random messages of every API, version and direction, encoded by Kafka's own classes. Give the
 * folder of Kafka's jars:
 *
 *     node packages/kafka-protocol/test/apache/make-apache-vectors.ts <folder of jars>
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import type { Api } from '../../src/api.ts'
import { APIS } from '../../src/apis.ts'
import type { Direction } from '../../src/codecs.ts'
import { randomMessage } from '../random-message.ts'
import { renderMessage } from './message-json.ts'

/** The same seed makes the same vectors. */
const SEED = 431
const MAX_JSON_BYTES = 500

const encoder = fileURLToPath(new URL('ApacheEncoder.java', import.meta.url))
const target = fileURLToPath(new URL('../vectors/apache', import.meta.url))
const [, , jars] = process.argv
if (jars === undefined) {
  process.stderr.write("Give the folder of Kafka's jars.\n")
  process.exit(2)
}

interface Line {
  readonly api: Api
  readonly direction: Direction
  readonly version: number
  readonly json: string
}

const lines = APIS.flatMap((api) => (['request', 'response'] as const).flatMap((direction) => linesOf(api, direction)))
const hex = encodedByApache(lines)
mkdirSync(target, { recursive: true })
for (const api of APIS) {
  const own = lines.flatMap((line, at) =>
    line.api === api ? [`${line.direction} v${line.version} ${hex[at]} ${line.json}`] : [],
  )
  writeFileSync(join(target, `${String(api.key).padStart(2, '0')}-${api.name}.txt`), `${own.join('\n')}\n`)
}

function linesOf(api: Api, direction: Direction): Line[] {
  const [first, last] = api.versions
  return Array.from({ length: last - first + 1 }, (_, i) => first + i).map((version) => {
    const messages = randomMessage(api[direction], { version, flexible: false })
    const texts = fc
      .sample(messages, { seed: SEED + version, numRuns: 40 })
      .map((m) => renderMessage(api[direction], version, m as never))
    const short = texts.filter((text) => text.length <= MAX_JSON_BYTES)
    const candidates = short.length > 0 ? short : texts.sort((a, b) => a.length - b.length).slice(0, 1)
    const json = candidates.reduce((longest, text) => (text.length > longest.length ? text : longest))
    return { api, direction, version, json }
  })
}

function encodedByApache(lines: readonly Line[]): string[] {
  const input = lines.map(({ api, direction, version, json }) => `${api.key}\t${direction}\t${version}\t${json}\n`).join('')
  const java = spawnSync('java', ['-cp', join(jars as string, '*'), encoder], { input, maxBuffer: 2 ** 26 })
  if (java.status !== 0) throw new Error(java.stderr.toString())
  return java.stdout.toString().trimEnd().split('\n')
}
