// SPDX-License-Identifier: Apache-2.0
/** What a gateway holds in memory by the number of tenants that it knows. */
import { setTimeout as sleep } from 'node:timers/promises'
import { snapshotOf, startGatewayProcess } from './gateway-process.ts'
import type { Paths } from './paths.ts'
import { residentBytes } from './process-cpu.ts'

/** Megabytes resident of a fresh gateway that knows so many tenants and serves nobody yet. */
export async function megabytesWith(tenants: number, { kafka, certificates }: Paths): Promise<number> {
  const names = Array.from({ length: tenants }, (_, at) => ({ name: `tenant-${at}` }))
  const gateway = await startGatewayProcess(snapshotOf(kafka, names), certificates)
  await sleep(2000)
  const bytes = residentBytes(gateway.pid)
  await gateway.stop()
  return bytes / 1e6
}
