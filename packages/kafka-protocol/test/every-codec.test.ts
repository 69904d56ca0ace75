// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { APIS } from '../src/apis.ts'
import { Reader, Writer } from '../src/bytes.ts'
import { codecOf, type Direction } from '../src/codecs.ts'
import { randomMessage } from './random-message.ts'

const DIRECTIONS: readonly Direction[] = ['request', 'response']

interface Case {
  readonly title: string
  readonly messages: fc.Arbitrary<Record<string | symbol, unknown>>
  readonly encode: (message: object) => Buffer
  readonly decode: (bytes: Buffer) => { readonly message: object; readonly bytesRead: number }
}

function casesOf(direction: Direction): Case[] {
  return APIS.flatMap((api) => {
    const [first, last] = api.versions
    return Array.from({ length: last - first + 1 }, (_, i) => first + i).map((version): Case => {
      const codec = codecOf(api, version, direction)
      return {
        title: `${api.name} ${direction} v${version}`,
        messages: randomMessage(api[direction], { version, flexible: version >= api.flexible }),
        encode: (message) => {
          const writer = new Writer()
          codec.write(writer, message)
          return writer.finish()
        },
        decode: (bytes) => {
          const reader = new Reader(bytes)
          return { message: codec.read(reader), bytesRead: reader.offset }
        },
      }
    })
  })
}

const ALL: readonly Case[] = DIRECTIONS.flatMap(casesOf)
/** For one message of a few hundred bytes. */
const LONG_MS = 250
const SEED = Number(process.env.FAST_CHECK_SEED ?? Date.now() % 2 ** 31)

/** What decoding these bytes throws, if anything. */
function failureOf(decode: Case['decode'], bytes: Buffer): unknown {
  try {
    decode(bytes)
    return undefined
  } catch (thrown) {
    return thrown
  }
}

function isCorrupt(thrown: unknown): boolean {
  return thrown instanceof KaasError && thrown.code === 'frame-corrupt'
}

describe('Every API, in every version and both directions', () => {
  test('reads back what it wrote, and writes the same bytes again', () => {
    expect(ALL).toHaveLength(602)
    for (const { messages, encode, decode } of ALL) {
      fc.assert(
        fc.property(messages, (message) => {
          const bytes = encode(message)
          const read = decode(bytes)
          expect(read.bytesRead).toBe(bytes.length)
          expect(read.message).toEqual(message)
          expect(encode(read.message)).toEqual(bytes)
        }),
        { seed: SEED, numRuns: 6 },
      )
    }
  }, 60_000)

  test('refuses every truncation of a message as corrupt', () => {
    let truncations = 0
    for (const { title, messages, encode, decode } of ALL) {
      const [message] = fc.sample(messages, { seed: SEED, numRuns: 1 })
      const bytes = encode(message as object)
      const step = Math.max(1, Math.floor(bytes.length / 300))
      for (let length = 0; length < bytes.length; length += step) {
        const thrown = failureOf(decode, bytes.subarray(0, length))
        if (!isCorrupt(thrown)) expect.fail(`${title} cut to ${length} of ${bytes.length}, seed ${SEED}: ${thrown}`)
        truncations++
      }
    }
    expect(truncations).toBeGreaterThan(10_000)
  }, 60_000)

  test('reads or refuses a message with a flipped bit, never anything else, and soon', () => {
    for (const { title, messages, encode, decode } of ALL) {
      const [message] = fc.sample(messages, { seed: SEED, numRuns: 1 })
      const bytes = encode(message as object)
      for (let bit = SEED % 7; bit < bytes.length * 8; bit += Math.max(7, Math.floor(bytes.length / 20))) {
        const flipped = Buffer.from(bytes)
        flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7))
        const startedMs = performance.now()
        const thrown = failureOf(decode, flipped)
        if (thrown !== undefined && !isCorrupt(thrown)) expect.fail(`${title}, bit ${bit}, seed ${SEED}: ${thrown}`)
        const isSlow = performance.now() - startedMs > LONG_MS && isAlwaysSlow(() => failureOf(decode, flipped))
        if (isSlow) expect.fail(`${title}, bit ${bit}, seed ${SEED}: took too long`)
      }
    }
  }, 60_000)
})

/** Whether it takes long however often it is tried: a machine that is busy is slow now and then. */
function isAlwaysSlow(work: () => void): boolean {
  for (let attempt = 0; attempt < 10; attempt++) {
    const startedMs = performance.now()
    work()
    if (performance.now() - startedMs < LONG_MS) return false
  }
  return true
}
