// SPDX-License-Identifier: Apache-2.0
/** The health of what every control plane has: database, reconciler, gateways, sampling, Git, Kubernetes. */
import { asKaasError } from '@kaas/errors'
import type { PlatformPart } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import type { TenantsAsCode } from '../../code/tenants-as-code.ts'
import type { Sampler, SamplingState } from '../../series/sampler.ts'
import type { HealthSource } from './health-source.ts'

/** What is asked. */
export interface OwnHealthParts {
  readonly store: Store
  readonly sampler: Pick<Sampler, 'state'>
  readonly code?: TenantsAsCode | undefined
  /** How many gateways hold a snapshot stream of this process. */
  readonly streams: () => number
}

/** A database that takes longer for nothing is in trouble. */
const SLOW_DATABASE_MS = 250
/** What is due for longer is not being worked on. */
const OLD_WORK_MS = 60_000
const OLD_GATEWAY_MS = 10_000
/** Two rounds, and one that was late. */
const OLD_SAMPLES_MS = 180_000

/** One source for each part. */
export function ownHealth({ store, sampler, code, streams }: OwnHealthParts): readonly HealthSource[] {
  return [
    { name: 'database', read: async () => [await databaseHealth(store)] },
    { name: 'reconciler', read: async () => [await reconcilerHealth(store)] },
    { name: 'gateways', read: () => gatewayHealth(store, streams()) },
    { name: 'sampling', read: async () => [await samplingHealth(store, sampler.state)] },
    ...(code === undefined ? [] : [{ name: 'git', read: async () => [await gitHealth(code)] }]),
    ...(code?.clusters === undefined ? [] : [{ name: 'kubernetes', read: async () => kubernetesHealth(code) }]),
  ]
}

async function databaseHealth(store: Store): Promise<PlatformPart> {
  const started = performance.now()
  await store.ping()
  const tookMs = Math.round(performance.now() - started)
  const state = tookMs > SLOW_DATABASE_MS ? 'warning' : 'well'
  return { name: 'database', state, message: `Answers in ${tookMs} ms.` }
}

async function reconcilerHealth(store: Store): Promise<PlatformPart> {
  const { due, oldestDueMs, failing } = await store.workBacklog()
  const waiting = `${due} object${due === 1 ? ' is' : 's are'} due, ${failing} failed at the last try`
  if (oldestDueMs > OLD_WORK_MS) {
    const message = `${waiting}; the oldest has waited for ${Math.round(oldestDueMs / 1000)} s.`
    return { name: 'reconciler', state: 'failed', message, since: ago(oldestDueMs) }
  }
  return { name: 'reconciler', state: failing > 0 ? 'warning' : 'well', message: `${waiting}.` }
}

async function gatewayHealth(store: Store, streams: number): Promise<readonly PlatformPart[]> {
  const nodes = await store.listGateways()
  const parts = nodes.map(({ node, heardMsAgo }): PlatformPart => {
    const name = `gateway ${node}`
    if (heardMsAgo <= OLD_GATEWAY_MS) return { name, state: 'well', message: 'It was heard seconds ago.' }
    const message = `It was heard last ${Math.round(heardMsAgo / 1000)} s ago.`
    return { name, state: 'failed', message, since: ago(heardMsAgo) }
  })
  if (parts.length > 0) return parts
  const message = streams > 0 ? `${streams} hold the snapshot stream of this process.` : 'No gateway was heard.'
  return [{ name: 'gateways', state: streams > 0 ? 'well' : 'warning', message }]
}

async function samplingHealth(store: Store, { holder, endedAtMs, silent }: SamplingState): Promise<PlatformPart> {
  const name = 'sampling'
  const silence = silent.slice(0, 3).map(({ what, reason }) => `${what}: ${reason}`)
  if (holder) {
    const old = endedAtMs === undefined || Date.now() - endedAtMs > OLD_SAMPLES_MS
    if (old) return { name, state: 'warning', message: 'The first round has not ended yet, or the last one is long ago.' }
    if (silent.length > 0) return { name, state: 'warning', message: `Silent: ${silence.join('; ')}.` }
    return {
      name,
      state: 'well',
      message: 'Usage was sampled by this control plane.',
      since: new Date(endedAtMs).toISOString(),
    }
  }
  const lease = await store.leaseState('sampling')
  if (lease !== undefined && lease.leftMs > 0) return { name, state: 'well', message: 'Another control plane samples.' }
  return { name, state: 'failed', message: 'Nobody samples usage.' }
}

async function gitHealth({ repository, problems }: TenantsAsCode): Promise<PlatformPart> {
  try {
    const commit = await repository.fetch()
    const wrong = problems.count
    if (wrong > 0) return { name: 'git', state: 'warning', message: `${wrong} documents in the repository are wrong.` }
    return { name: 'git', state: 'well', message: `The repository answers, at ${commit?.slice(0, 8) ?? 'its beginning'}.` }
  } catch (error) {
    return { name: 'git', state: 'failed', message: asKaasError(error).message }
  }
}

async function kubernetesHealth({ clusters }: TenantsAsCode): Promise<readonly PlatformPart[]> {
  return (clusters?.health() ?? []).map(({ name, problem }) => ({
    name: `kubernetes ${name}`,
    state: problem === undefined ? 'well' : 'failed',
    message: problem?.message ?? 'It is watched.',
  }))
}

function ago(milliseconds: number): string {
  return new Date(Date.now() - milliseconds).toISOString()
}
