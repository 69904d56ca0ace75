// SPDX-License-Identifier: Apache-2.0
/**
 * The walk: with each set of words every API key and version there is, and some that are not, and every byte of every answer
 * searched. What a request may not ask decides the other end; the walk only asks.
 */
import { APIS, type Api } from '@kaas/kafka-protocol'
import { makeRequest, type Words } from './request-maker.ts'
import { type Leak, leaksIn, type Secret } from './secrets.ts'
import { WireClient, type WireTarget } from './wire-client.ts'

/** One walk. */
export interface WalkOptions {
  readonly target: WireTarget
  /** One round for each set, in this order. Sets without names of the other tenant come first: they find every name. */
  readonly words: Readonly<Record<string, Words>>
  readonly secrets: readonly Secret[]
  /** All there are when absent. */
  readonly apis?: readonly Api[]
}

/** What a walk found. */
export interface WalkResult {
  /** One line for each leak: API, version, words, what. */
  readonly leaks: readonly string[]
  readonly sent: number
  /** Answered with a response; the others were disconnected or not answered. */
  readonly answered: number
  /** API keys with at least one response. */
  readonly answeredKeys: ReadonlySet<number>
  /** Requests that got neither a response nor an end. */
  readonly silent: readonly string[]
}

/** Past the newest version, and before the oldest. */
const VERSIONS_BEYOND = 1
const ANSWER_TIMEOUT_MS = 5000
/** Retired keys, keys of the future, keys of vendors, nonsense. */
const STRANGE_KEYS = [4, 5, 6, 7, 93, 99, 1000, 10_000, 10_013, 32_767, -1, -32_768]

/** As many requests are on their way at once, each by a connection of its own: some wait at the broker. */
const WALKERS = 3

/** Walks, and resolves when every request has had its answer. A set of words begins when the one before has ended. */
export async function walk(options: WalkOptions): Promise<WalkResult> {
  const found: Found = {
    result: { leaks: [], sent: 0, answered: 0, answeredKeys: new Set(), silent: [] },
    unknown: new Set(options.secrets),
  }
  for (const requests of roundsOf(options)) {
    await Promise.all(Array.from({ length: WALKERS }, () => walkOn(options.target, requests, found)))
  }
  return found.result
}

interface Found {
  readonly result: { leaks: string[]; sent: number; answered: number; answeredKeys: Set<number>; silent: string[] }
  /** What has not been said to the other end yet. */
  readonly unknown: Set<Secret>
}

/** Takes requests from those that are left until there are none. */
async function walkOn(target: WireTarget, requests: Iterator<WalkRequest>, { result, unknown }: Found): Promise<void> {
  let client = await WireClient.open(target)
  for (let next = requests.next(); next.done !== true; next = requests.next()) {
    const { title, apiKey, frame } = next.value
    if (client.isClosed) client = await WireClient.open(target)
    // Before it is sent: the answers to others may say the same name from then on.
    for (const secret of unknown) if (secret.isName && frame.includes(secret.bytes)) unknown.delete(secret)
    const { bytes, isClosed } = await client.exchange(frame, ANSWER_TIMEOUT_MS)
    result.sent += 1
    const isAnswered = bytes.length > 0
    if (isAnswered) {
      result.answered += 1
      result.answeredKeys.add(apiKey)
    } else if (!isClosed) {
      result.silent.push(title)
      client.close()
      client = await WireClient.open(target)
    }
    result.leaks.push(...leaksIn(bytes, frame, [...unknown]).map((leak) => lineOf(title, leak)))
  }
  client.close()
}

interface WalkRequest {
  readonly title: string
  readonly apiKey: number
  readonly frame: Buffer
}

function* roundsOf({ words, apis = APIS }: WalkOptions): Generator<Iterator<WalkRequest>> {
  for (const [name, set] of Object.entries(words)) yield requestsWith(apis, name, set)
  yield STRANGE_KEYS.map((apiKey) => ({ title: `API ${apiKey} v0`, apiKey, frame: strangeFrame(apiKey) })).values()
}

function* requestsWith(apis: readonly Api[], name: string, words: Words): Generator<WalkRequest> {
  for (const api of apis) {
    const [first, last] = api.versions
    for (let version = Math.max(0, first - VERSIONS_BEYOND); version <= last + VERSIONS_BEYOND; version++) {
      yield { title: `${api.name} v${version} with ${name}`, apiKey: api.key, frame: versioned(api, version, words) }
    }
  }
}

/** Beyond the described versions: the nearest described body under another version number. */
function versioned(api: Api, version: number, words: Words): Buffer {
  const [first, last] = api.versions
  const frame = makeRequest(api, Math.min(Math.max(version, first), last), words)
  frame.writeInt16BE(version, 6)
  return frame
}

function strangeFrame(apiKey: number): Buffer {
  const frame = Buffer.alloc(32)
  frame.writeInt32BE(28, 0)
  frame.writeInt16BE(apiKey, 4)
  frame.writeInt32BE(7, 8)
  return frame
}

function lineOf(title: string, { what, at }: Leak): string {
  return `${title}: ${what} at byte ${at}`
}
