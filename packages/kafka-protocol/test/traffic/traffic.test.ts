// SPDX-License-Identifier: Apache-2.0
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Api } from '../../src/api.ts'
import { apiOf } from '../../src/apis.ts'
import { decodeRequestBody, decodeResponse, encodeRequest, encodeResponse } from '../../src/frames.ts'
import { readRequestHeader } from '../../src/header.ts'

const FOLDER = new URL('../vectors/traffic/', import.meta.url)
const LENGTH_BYTES = 4

/** Bytes that a client sends after the end of a message, as a bug of its own. Brokers ignore them, and so do we. */
const BYTES_TOO_MANY: Readonly<Record<string, number>> = {
  'Metadata request v13 librdkafka-2.16.0-all-topics': 3,
  'AlterUserScramCredentials request v0 librdkafka-2.16.0': 1,
}

interface Vector {
  readonly direction: string
  readonly version: number
  readonly client: string
  readonly frame: Buffer
}

function vectorsIn(file: string): Vector[] {
  const lines = readFileSync(new URL(file, FOLDER), 'utf8').trimEnd().split('\n')
  return lines.map((line) => {
    const [direction = '', version = '', client = '', hex = ''] = line.split(' ')
    return { direction, version: Number(version.slice(1)), client, frame: Buffer.from(hex, 'hex') }
  })
}

function again(api: Api, { direction, version, frame }: Vector): Buffer {
  if (direction === 'request') {
    const header = readRequestHeader(frame)
    expect(header).toMatchObject({ apiKey: api.key, apiVersion: version })
    const message = decodeRequestBody(api, version, frame, header.bodyOffset)
    return encodeRequest(api, version, header, message).subarray(LENGTH_BYTES)
  }
  const { message, ...header } = decodeResponse(api, version, frame)
  return encodeResponse(api, version, header, message).subarray(LENGTH_BYTES)
}

describe('What real clients and a Kafka 4.3.1 broker said to each other', () => {
  test.each(readdirSync(FOLDER))('%s: every frame is the same after reading and writing', (file) => {
    const api = apiOf(Number.parseInt(file, 10)) as Api
    const spoken = vectorsIn(file).filter(({ version }) => version >= api.versions[0] && version <= api.versions[1])
    expect(spoken.length).toBeGreaterThan(0)
    for (const vector of spoken) {
      const title = `${api.name} ${vector.direction} v${vector.version} ${vector.client}`
      const expected = vector.frame.subarray(0, vector.frame.length - (BYTES_TOO_MANY[title] ?? 0))
      expect(again(api, vector).toString('hex'), title).toBe(expected.toString('hex'))
    }
  })

  test('an ApiVersions request that is too new for the broker gets an answer in version 0, and it is understood', () => {
    const tooNew = vectorsIn('18-ApiVersions.txt').find(
      ({ direction, version }) => direction === 'response' && version === 5,
    )
    const { message } = decodeResponse(apiOf(18) as Api, 5, tooNew?.frame as Buffer)
    expect(message).toMatchObject({ errorCode: 35, apiKeys: [{ apiKey: 18, minVersion: 0, maxVersion: 4 }] })
  })
})
