// SPDX-License-Identifier: Apache-2.0
/** The codec of each API, version and direction: compiled on first use and kept. */
import { KaasError } from '@kaas/errors'
import type { Api } from './api.ts'
import { type Codec, compile } from './compile.ts'
import type { Fields } from './schema.ts'

/** Which of the two messages of an API. */
export type Direction = 'request' | 'response'

const kept: Record<Direction, Map<Api, Codec<Fields>[]>> = { request: new Map(), response: new Map() }

/** The codec of one message. Throws `not-supported` for a version that Kafka 4.3 does not speak. */
export function codecOf<A extends Api, D extends Direction>(api: A, version: number, direction: D): Codec<A[D]> {
  const codec = kept[direction].get(api)?.[version] ?? make(api, version, direction)
  return codec as unknown as Codec<A[D]>
}

function make(api: Api, version: number, direction: Direction): Codec<Fields> {
  const [first, last] = api.versions
  if (!Number.isInteger(version) || version < first || version > last) {
    throw new KaasError('not-supported', {
      message: `${api.name} has no version ${version} here: versions ${first} to ${last} are spoken.`,
      help: 'Use a version that both sides speak, as ApiVersions tells.',
    })
  }
  const title = `${api.name} ${direction} v${version}`
  const codec = compile(api[direction], { version, flexible: version >= api.flexible, title })
  const codecs = kept[direction].get(api) ?? []
  codecs[version] = codec
  kept[direction].set(api, codecs)
  return codec
}
