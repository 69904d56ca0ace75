// SPDX-License-Identifier: Apache-2.0
/** A tenant at its limit of bytes or of requests, with four producers that want far more; what does its neighbour at the same gateway and broker notice? */
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaCredentials, openKafkaConnection } from '@kaas/kafka-admin'
import { metadata, produce } from '@kaas/kafka-protocol'
import { writeBatch } from '@kaas/kafka-records'
import { type GatewayProcess, snapshotOf, startGatewayProcess } from './gateway-process.ts'
import { type Latency, probeLatency } from './latency-probe.ts'
import type { Paths } from './paths.ts'
import { administratorOf, createTenantUser, type LogIn } from './tenant-user.ts'

const LIMITS = { bytes: 5_000_000, requests: 1000 }
const LARGE_BYTES = 50_000
const PRODUCERS = 4
const PROBE = { everyMs: 4, forMs: 6000 }

/** The neighbour's latency beside a tenant at its limit, and what that one got through, in bytes or requests a second. */
export interface Noise {
  readonly beside: Latency
  readonly moved: number
  readonly limit: number
}

/** The neighbour's latency alone, beside a tenant that sends much, and beside one that sends little very often. */
export interface NoisyResult {
  readonly alone: Latency
  readonly bytes: Noise
  readonly requests: Noise
}

/** Runs all on a gateway of their own before the broker of `paths`. */
export async function measureNoisyNeighbour({ kafka, certificates }: Paths): Promise<NoisyResult> {
  const admin = administratorOf(kafka)
  const tenants = [
    { name: 'noisy', limits: { produceBytesPerSecond: LIMITS.bytes } },
    { name: 'chatty', limits: { requestsPerSecond: LIMITS.requests } },
    { name: 'quiet' },
  ]
  const gateway = await startGatewayProcess(snapshotOf(kafka, tenants), certificates)
  const logIns = new Map<string, LogIn>()
  for (const { name } of tenants) {
    logIns.set(name, await createTenantUser(admin, name))
    await admin.createTopic({ name: `${name}.events`, partitions: 1, configs: {} })
  }
  const logInOf = (name: string) => ({ ...(logIns.get(name) as LogIn), mechanism: 'SCRAM-SHA-512' }) as const
  const probe = () =>
    probeLatency({ port: gateway.port, topic: 'events', caPem: certificates.caPem }, logInOf('quiet'), PROBE)
  const besideOf = async (name: string, valueBytes: number): Promise<Omit<Noise, 'limit'>> => {
    const noise = makeNoise(gateway, certificates.caPem, logInOf(name), valueBytes)
    await sleep(2000)
    const [before, started] = [noise.requests(), performance.now()]
    const beside = await probe()
    const perSecond = ((noise.requests() - before) * 1000) / (performance.now() - started)
    await noise.stop()
    return { beside, moved: perSecond }
  }
  try {
    const alone = await probe()
    const { beside, moved } = await besideOf('noisy', LARGE_BYTES)
    const bytes = { beside, moved: moved * LARGE_BYTES, limit: LIMITS.bytes }
    return { alone, bytes, requests: { ...(await besideOf('chatty', 10)), limit: LIMITS.requests } }
  } finally {
    await gateway.stop()
    await admin.close()
  }
}

/** Producers that send the next request as soon as they may. */
function makeNoise(gateway: GatewayProcess, caPem: string, credentials: KafkaCredentials, valueBytes: number) {
  let requests = 0
  let isOver = false
  const value = Buffer.alloc(valueBytes, 'x')
  const run = async (): Promise<void> => {
    const address = { host: 'localhost', port: gateway.port, tls: { caPem } }
    const connection = await openKafkaConnection({ ...address, credentials, clientId: 'noise' })
    const asked = await connection.request(metadata, { topics: [{ name: 'events' }], allowAutoTopicCreation: false })
    const records = writeBatch([{ key: null, value, timestamp: Date.now() }])
    const topicId = asked.topics[0]?.topicId ?? ''
    const topicData = [{ name: 'events', topicId, partitionData: [{ index: 0, records }] }]
    while (!isOver) {
      await connection.request(produce, { ...{ transactionalId: null, acks: 1, timeoutMs: 10_000, topicData } })
      requests += 1
    }
    await connection.close()
  }
  const running = Array.from({ length: PRODUCERS }, run)
  return {
    requests: () => requests,
    stop: async () => {
      isOver = true
      await Promise.all(running)
    },
  }
}
