// SPDX-License-Identifier: Apache-2.0
/** What connections cost: how many come in a second with TLS, and what each holds while nothing passes. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type KafkaConnection, type KafkaCredentials, openKafkaConnection } from '@kaas/kafka-admin'
import type { ProbedPath } from './latency-probe.ts'
import { cpuSeconds, residentBytes } from './process-cpu.ts'

const AT_ONCE = 16

/** Of one path. */
export interface ConnectionCost {
  readonly perSecond: number
  /** Processor milliseconds of the peer for one connection: TLS, the connection to the broker, ApiVersions. */
  readonly cpuMs: number
  /** KiB resident for each idle connection that is logged in, with that to the broker. */
  readonly idleKib: number
}

/** Opens and closes `count` connections, then keeps as many open that are logged in. */
export async function measureConnections(
  path: ProbedPath & { readonly pid: number },
  credentials: KafkaCredentials,
  count: number,
): Promise<ConnectionCost> {
  await openMany(path, count / 4, undefined, closed)
  const [cpu, started] = [cpuSeconds(path.pid), performance.now()]
  await openMany(path, count, undefined, closed)
  const seconds = (performance.now() - started) / 1000
  const cpuMs = ((cpuSeconds(path.pid) - cpu) * 1000) / count
  const open: KafkaConnection[] = []
  await settled()
  const before = residentBytes(path.pid)
  await openMany(path, count, credentials, async (connection) => void open.push(connection))
  await settled()
  const idleKib = (residentBytes(path.pid) - before) / count / 1024
  await Promise.all(open.map((connection) => connection.close()))
  return { perSecond: count / seconds, cpuMs, idleKib }
}

/** Until garbage of what was before is gone. */
function settled(): Promise<void> {
  return sleep(1500)
}

async function openMany(
  { port, caPem = '' }: ProbedPath,
  count: number,
  credentials: KafkaCredentials | undefined,
  then: (connection: KafkaConnection) => Promise<void>,
): Promise<void> {
  let left = count
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const login = credentials === undefined ? {} : { credentials }
      await then(await openKafkaConnection({ host: 'localhost', port, tls: { caPem }, clientId: 'many', ...login }))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
}

function closed(connection: KafkaConnection): Promise<void> {
  return connection.close()
}
