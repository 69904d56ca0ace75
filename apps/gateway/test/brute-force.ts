// SPDX-License-Identifier: Apache-2.0
/**
 * A process that tries passwords: `node brute-force.ts <port> <CA file> <address> <attempts a second> <seconds>`. Each attempt is a
 * connection of its own, as brokers close after a refusal. Prints as JSON how the attempts ended.
 */
import { readFileSync } from 'node:fs'
import { RawClient } from './raw-client.ts'

const [port = '', caFile = '', address = '', rate = '', seconds = ''] = process.argv.slice(2)
const caPem = readFileSync(caFile, 'utf8')
const EVERY_MS = 10
const ended = { attempts: 0, refused: 0, closed: 0, letIn: 0 }

/** The password is wrong: no proof of it is computed, which would cost this process more than the gateway. */
async function attempt(): Promise<void> {
  ended.attempts += 1
  try {
    const client = await RawClient.connect(Number(port), caPem, address)
    const errorCode = await client.logIn()
    ended[errorCode === 0 ? 'letIn' : 'refused'] += 1
    client.close()
  } catch {
    ended.closed += 1
  }
}

const all: Promise<void>[] = []
const endsAt = performance.now() + Number(seconds) * 1000
const startedAt = performance.now()
while (performance.now() < endsAt) {
  const due = ((performance.now() - startedAt) / 1000) * Number(rate)
  while (all.length < due) all.push(attempt())
  await new Promise((resolve) => setTimeout(resolve, EVERY_MS))
}
await Promise.all(all)
console.log(JSON.stringify(ended))
