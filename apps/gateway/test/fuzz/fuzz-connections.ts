// SPDX-License-Identifier: Apache-2.0
/**
 * Mutated frames over real sockets, from a client that is logged in and from a broker that answers nonsense. What is held: every
 * connection goes on or is closed, the gateway lives, and a neighbour is answered all the time.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { apiVersions, encodeResponse, heartbeat } from '@kaas/kafka-protocol'
import { DEFAULT_LIMITS } from '../../src/gateway-parts.ts'
import { STEPS } from '../../src/pipeline.ts'
import { startLoopback } from '../loopback-gateway.ts'
import type { RawClient } from '../raw-client.ts'
import type { ArrivedRequest } from '../scripted-broker.ts'
import { mutateFrame } from './mutate-frame.ts'
import { type RandomNumber, randomNumbers } from './random-numbers.ts'
import { type SeedFrames, seedFrames } from './seed-frames.ts'

/** How it ended. */
export interface ConnectionFuzzResult {
  readonly frames: number
  /** Connections that the gateway closed, and those that still answered after mutated frames. */
  readonly closed: number
  readonly answered: number
  /** Connections that waited for the broker, as a fetch without records does; we gave them up. */
  readonly waiting: number
  /** How often the neighbour asked, and the longest it waited, in milliseconds. */
  readonly neighbourAsked: number
  readonly neighbourWorstMs: number
  /** Errors of our own making that the gateway logged; must be empty. */
  readonly bugs: readonly string[]
}

const FRAMES_AT_ONCE = 4
const GIVE_UP_MS = 300
const NEIGHBOUR_PAUSE_MS = 5
const beat = { groupId: 'g', generationId: 1, memberId: 'm' }

/** Fuzzes with `frames` frames of `seed`. */
export async function fuzzConnections(frames: number, seed: number): Promise<ConnectionFuzzResult> {
  const random = randomNumbers(seed)
  // A log-in in the middle of all ends the connection, mutated or not.
  const seeds = seedFrames(seed).filter(({ api }) => !api.name.startsWith('Sasl'))
  const limits = { ...DEFAULT_LIMITS, unauthenticatedConnections: 100 }
  const loopback = await startLoopback((request) => answerAtRandom(request, seeds, random), { steps: STEPS, limits })
  const counts = { closed: 0, answered: 0, waiting: 0 }
  const neighbour = startNeighbour(await loopback.connectAndLogIn())
  try {
    let client = await loopback.connectAndLogIn()
    for (let sent = 0; sent < frames; sent += FRAMES_AT_ONCE) {
      if (client.isClosed) client = await loopback.connectAndLogIn()
      const outcome = await attack(client, seeds, random)
      counts[outcome] += 1
      if (outcome !== 'answered') client.close()
    }
    const bugs = loopback.lines.filter((line) => line.code === 'internal-bug').map((line) => JSON.stringify(line))
    return { frames, ...counts, ...(await neighbour.stop()), bugs }
  } finally {
    await loopback.stop()
  }
}

async function attack(
  client: RawClient,
  seeds: readonly SeedFrames[],
  random: RandomNumber,
): Promise<'closed' | 'answered' | 'waiting'> {
  client.frames.length = 0
  for (let left = FRAMES_AT_ONCE; left > 0 && !client.isClosed; left -= 1) {
    const { requests } = seeds[random(seeds.length)] as SeedFrames
    const frame = requests[random(requests.length)] as Buffer
    const mutated = mutatedOf(frame, random)
    const cut = random(mutated.length + 1)
    client.socket.write(mutated.subarray(0, cut))
    client.socket.write(mutated.subarray(cut))
  }
  const marker = client.isClosed
    ? 0
    : client.send(apiVersions, 3, { clientSoftwareName: 'fuzz', clientSoftwareVersion: '1' })
  const deadline = Date.now() + GIVE_UP_MS
  while (!client.isClosed && Date.now() < deadline) {
    if (client.frames.some((frame) => frame.length >= 4 && frame.readInt32BE(0) === marker)) return 'answered'
    await sleep(1)
  }
  return client.isClosed ? 'closed' : 'waiting'
}

/** As it was, with an honest length around bent content, or bent as a whole. */
function mutatedOf(frame: Buffer, random: RandomNumber): Buffer {
  const chance = random(12)
  if (chance > 1) return frame
  return chance === 1 ? withLength(mutateFrame(frame.subarray(4), random, frame)) : mutateFrame(frame, random, frame)
}

/** The neighbour's heartbeats are answered well; other answers are bent, made up, late or a closed connection. */
function answerAtRandom(
  { header, reply, socket }: ArrivedRequest,
  seeds: readonly SeedFrames[],
  random: RandomNumber,
): void {
  const { apiKey, apiVersion, correlationId, clientId } = header
  if (clientId === 'raw' && apiKey === heartbeat.key) {
    reply(encodeResponse(heartbeat, apiVersion, correlationId, { throttleTimeMs: 0, errorCode: 0 }))
    return
  }
  const seedsOfApi = seeds.find((each) => each.api.key === apiKey && each.version === apiVersion)
  const response = seedsOfApi?.responses[random(seedsOfApi.responses.length)]
  const chance = random(40)
  if (response === undefined || chance === 0) socket.destroy()
  else if (chance === 1) reply(mutateFrame(response, random, response))
  else {
    const bent = chance < 5 ? mutateFrame(response.subarray(4), random, response) : Buffer.from(response.subarray(4))
    if (bent.length >= 4) bent.writeInt32BE(correlationId)
    reply(withLength(bent))
  }
}

function startNeighbour(client: RawClient) {
  let isOver = false
  const seen = { neighbourAsked: 0, neighbourWorstMs: 0 }
  const asking = (async () => {
    while (!isOver) {
      const started = performance.now()
      await client.ask(heartbeat, 4, beat)
      seen.neighbourAsked += 1
      seen.neighbourWorstMs = Math.max(seen.neighbourWorstMs, performance.now() - started)
      await sleep(NEIGHBOUR_PAUSE_MS)
    }
  })()
  // Looked at when it stops; until then a closed neighbour is no unhandled rejection.
  asking.catch(() => {})
  return {
    stop: async () => {
      isOver = true
      await asking
      return seen
    },
  }
}

function withLength(body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(4 + body.length)
  frame.writeInt32BE(body.length)
  body.copy(frame, 4)
  return frame
}
