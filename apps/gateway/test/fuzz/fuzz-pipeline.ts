// SPDX-License-Identifier: Apache-2.0
/**
 * Mutated frames through the steps, both ways, without sockets: millions in minutes. What is held: nothing but a KaasError that is not
 * a bug ever ends a frame, and no request leaves with a name outside of its tenant, however its bytes were bent.
 */
import { asKaasError, KaasError } from '@kaas/errors'
import {
  type Api,
  decodeRequestBody,
  decodeResponse,
  type NameKind,
  readRequestHeader,
  rewriteNames,
} from '@kaas/kafka-protocol'
import { createPipeline, type Pipeline, STEPS, type Way } from '../../src/pipeline.ts'
import { stepContext } from '../step-context.ts'
import { mutateFrame } from './mutate-frame.ts'
import { type RandomNumber, randomNumbers } from './random-numbers.ts'
import { type SeedFrames, seedFrames } from './seed-frames.ts'

/** How it ended. */
export interface FuzzResult {
  readonly frames: number
  /** Taken as a request or response, though mutated. */
  readonly taken: number
  readonly refused: number
  /** What must not be, each with the frame as hex; at most twenty. */
  readonly findings: readonly string[]
}

const LENGTH_BYTES = 4
const MOST_FINDINGS = 20
const OWN_NAME = /^(User:)?orders(\\)?\./

/** Fuzzes with `frames` frames of `seed`; `progress` is told every 100,000. */
export async function fuzzPipeline(frames: number, seed: number, progress?: (done: number) => void): Promise<FuzzResult> {
  const random = randomNumbers(seed)
  const seeds = seedFrames(seed)
  const pipeline = createPipeline(STEPS)
  const findings: string[] = []
  let taken = 0
  for (let done = 1; done <= frames && findings.length < MOST_FINDINGS; done += 1) {
    const chosen = pick(seeds, random)
    const isRequest = random(2) === 0
    const from = isRequest ? chosen.requests : chosen.responses
    const other = pick(pick(seeds, random).requests, random)
    const frame = withLength(mutateFrame(pick(from, random).subarray(LENGTH_BYTES), random, other))
    const outcome = await (isRequest ? ask(pipeline, seeds, random, frame) : answer(pipeline, seeds, random, chosen, frame))
    if (outcome === 'taken') taken += 1
    else if (outcome !== 'refused')
      findings.push(`${outcome} — ${chosen.api.name} v${chosen.version}: ${frame.toString('hex')}`)
    if (done % 100_000 === 0) progress?.(done)
  }
  return { frames, taken, refused: frames - taken - findings.length, findings }
}

/** One request. The steps' own questions get mutated answers as well. */
async function ask(pipeline: Pipeline, seeds: readonly SeedFrames[], random: RandomNumber, frame: Buffer): Promise<string> {
  return await outcomeOf(async () => {
    const header = readRequestHeader(frame.subarray(LENGTH_BYTES))
    const way = pipeline.wayOf(header.apiKey, header.apiVersion)
    if (way === undefined) return 'refused'
    const sent = await pipeline.send(way, contextFor(way, seeds, random), header, frame)
    return sent.kind === 'forward' ? (foreignNameIn(way, sent.frame) ?? 'taken') : 'taken'
  })
}

async function answer(
  pipeline: Pipeline,
  seeds: readonly SeedFrames[],
  random: RandomNumber,
  { api, version }: SeedFrames,
  frame: Buffer,
): Promise<string> {
  const way = pipeline.wayOf(api.key, version)
  if (way === undefined || way.responseSteps.length === 0) return 'refused'
  return await outcomeOf(async () => {
    await pipeline.answer(way, contextFor(way, seeds, random), 7, frame)
    return 'taken'
  })
}

async function outcomeOf(work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (thrown) {
    const error = asKaasError(thrown)
    if (thrown instanceof KaasError && error.kind !== 'bug') return 'refused'
    return `ended by ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`
  }
}

function contextFor(way: Way, seeds: readonly SeedFrames[], random: RandomNumber) {
  const answers = (api: Api) => {
    const { version, responses } = pick(
      seeds.filter((each) => each.api.key === api.key),
      random,
    )
    const frame = pick(responses, random).subarray(LENGTH_BYTES)
    const bent = random(4) === 0 ? mutateFrame(frame, random, frame) : frame
    return decodeResponse(api, version, bent).message
  }
  const advertise = (nodeId: number) => ({ host: 'gateway', port: 9093 + (nodeId & 0xfff) })
  const context = { ...stepContext(way.api, way.version, answers), advertise }
  // A response without its request: what the request half would have left behind.
  if (way.api.name === 'FindCoordinator') context.notes.set('names', 0)
  return context
}

/** The first name in a forwarded request that is not the tenant's own. */
function foreignNameIn(way: Way, frame: Buffer): string | undefined {
  if (way.requestSteps.length === 0) return undefined
  const bytes = frame.subarray(LENGTH_BYTES)
  const message = decodeRequestBody(way.api, way.version, bytes, readRequestHeader(bytes).bodyOffset)
  let foreign: string | undefined
  rewriteNames(way.api, way.version, 'request', message, (kind: NameKind, name: string) => {
    if (name !== '' && kind !== 'errorText' && !OWN_NAME.test(name)) foreign ??= `the ${kind} "${name}" left the tenant`
    return name
  })
  return foreign
}

function withLength(body: Buffer): Buffer {
  const frame = Buffer.allocUnsafe(LENGTH_BYTES + body.length)
  frame.writeInt32BE(body.length)
  body.copy(frame, LENGTH_BYTES)
  return frame
}

function pick<T>(items: readonly T[], random: RandomNumber): T {
  return items[random(items.length)] as T
}
