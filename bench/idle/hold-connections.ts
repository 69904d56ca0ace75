// SPDX-License-Identifier: Apache-2.0
/**
 * A process that opens connections, logs them in and holds them without a word. The task is JSON on the command line; it prints how many are
 * open, one number a line, and ends with its standard input. One process holds no more than the system lets it have open files.
 */
import { readFileSync } from 'node:fs'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'

/** What one process does. */
export interface HoldTask {
  readonly port: number
  readonly caFile: string
  readonly username: string
  readonly password: string
  readonly count: number
  readonly atOnce: number
}

const task = JSON.parse(process.argv[2] ?? '') as HoldTask
const { port, username, password, count, atOnce } = task
const caPem = readFileSync(task.caFile, 'utf8')
const held: KafkaConnection[] = []
let begun = 0

process.stdin.resume().once('end', () => process.exit(0))
const printing = setInterval(() => console.log(held.filter(({ usable }) => usable).length), 500)
await Promise.all(Array.from({ length: atOnce }, openSome))
printing.refresh()

async function openSome(): Promise<void> {
  while (begun < count) {
    begun += 1
    const credentials = { mechanism: 'SCRAM-SHA-512', username, password } as const
    const where = { host: 'localhost', port, tls: { caPem }, clientId: 'idle', connectTimeoutMs: 60_000 }
    held.push(await openKafkaConnection({ ...where, credentials }))
  }
}
