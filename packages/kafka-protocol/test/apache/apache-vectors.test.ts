// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Api } from '../../src/api.ts'
import { APIS } from '../../src/apis.ts'
import { Reader, Writer } from '../../src/bytes.ts'
import { codecOf, type Direction } from '../../src/codecs.ts'
import { parseMessage } from './message-json.ts'

interface Vector {
  readonly direction: Direction
  readonly version: number
  readonly bytes: Buffer
  readonly json: string
}

function vectorsOf(api: Api): Vector[] {
  const file = new URL(`../vectors/apache/${String(api.key).padStart(2, '0')}-${api.name}.txt`, import.meta.url)
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [direction, version = '', hex = ''] = line.split(' ', 3)
    const json = line.slice(line.indexOf('{'))
    return { direction: direction as Direction, version: Number(version.slice(1)), bytes: Buffer.from(hex, 'hex'), json }
  })
}

describe("Messages encoded by Kafka's own classes", () => {
  test.each(APIS)('$name is read and written the same, in every version and both directions', (api) => {
    const vectors = vectorsOf(api)
    expect(vectors).toHaveLength(2 * (api.versions[1] - api.versions[0] + 1))
    for (const { direction, version, bytes, json } of vectors) {
      const codec = codecOf(api, version, direction)
      const expected = parseMessage(api[direction], version, json)
      const reader = new Reader(bytes)
      expect(codec.read(reader), `${direction} v${version}`).toEqual(expected)
      expect(reader.offset).toBe(bytes.length)
      const writer = new Writer()
      codec.write(writer, expected)
      expect(writer.finish().toString('hex'), `${direction} v${version}`).toBe(bytes.toString('hex'))
    }
  })
})
