// SPDX-License-Identifier: Apache-2.0
/** One tenant at its limit, with four producers that want far more; what does its neighbour at the same gateway and broker notice? */
import { setTimeout as sleep } from 'node:timers/promises'
import { openKafkaConnection } from '@kaas/kafka-admin'
import { metadata, produce } from '@kaas/kafka-protocol'
import { writeBatch } from '@kaas/kafka-records'
import { type GatewayProcess, snapshotOf, startGatewayProcess } from './gateway-process.ts'
import { type Latency, probeLatency } from './latency-probe.ts'
import type { Paths } from './paths.ts'
import { administratorOf, createTenantUser, type LogIn } from './tenant-user.ts'

const LIMIT = 5_000_000
const PRODUCERS = 4
const PROBE = { everyMs: 4, forMs: 6000 }

/** The neighbour's latency alone and beside the noisy tenant, and what that one moved in bytes per second. */
export interface NoisyResult {
  readonly alone: Latency
  readonly beside: Latency
  readonly moved: number
  readonly limit: number
}

/** Runs both on a gateway of their own before the broker of `paths`. */
export async function measureNoisyNeighbour({ kafka, certificates }: Paths): Promise<NoisyResult> {
  const admin = administratorOf(kafka)
  const limits = { produceBytesPerSecond: LIMIT }
  const gateway = await startGatewayProcess(snapshotOf(kafka, [{ name: 'noisy', limits }, { name: 'quiet' }]), certificates)
  const noisy = await createTenantUser(admin, 'noisy')
  const quiet = { ...(await createTenantUser(admin, 'quiet')), mechanism: 'SCRAM-SHA-512' } as const
  for (const name of ['noisy.events', 'quiet.events']) await admin.createTopic({ name, partitions: 1, configs: {} })
  const path = { port: gateway.port, topic: 'events', caPem: certificates.caPem }
  try {
    const alone = await probeLatency(path, quiet, PROBE)
    const noise = makeNoise(gateway, certificates.caPem, noisy)
    await sleep(2000)
    const [before, started] = [noise.sent(), performance.now()]
    const beside = await probeLatency(path, quiet, PROBE)
    const moved = ((noise.sent() - before) * 1000) / (performance.now() - started)
    await noise.stop()
    return { alone, beside, moved, limit: LIMIT }
  } finally {
    await gateway.stop()
    await admin.close()
  }
}

/** Producers that send the next request as soon as they may. */
function makeNoise(gateway: GatewayProcess, caPem: string, login: LogIn) {
  let sent = 0
  let isOver = false
  const value = Buffer.alloc(50_000, 'x')
  const run = async (): Promise<void> => {
    const credentials = { ...login, mechanism: 'SCRAM-SHA-512' } as const
    const address = { host: 'localhost', port: gateway.port, tls: { caPem } }
    const connection = await openKafkaConnection({ ...address, credentials, clientId: 'noise' })
    const asked = await connection.request(metadata, { topics: [{ name: 'events' }], allowAutoTopicCreation: false })
    const records = writeBatch([{ key: null, value, timestamp: Date.now() }])
    const topicId = asked.topics[0]?.topicId ?? ''
    const topicData = [{ name: 'events', topicId, partitionData: [{ index: 0, records }] }]
    while (!isOver) {
      await connection.request(produce, { ...{ transactionalId: null, acks: 1, timeoutMs: 10_000, topicData } })
      sent += value.length
    }
    await connection.close()
  }
  const running = Array.from({ length: PRODUCERS }, run)
  return {
    sent: () => sent,
    stop: async () => {
      isOver = true
      await Promise.all(running)
    },
  }
}
