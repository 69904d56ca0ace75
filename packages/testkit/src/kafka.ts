// SPDX-License-Identifier: Apache-2.0
/** Real Kafka for a test: what `@kaas/kafka-engine` starts, on a folder and with a password of its own. */
import { randomBytes } from 'node:crypto'
import { type Kafka, type KafkaOptions, startKafka as startEngine } from '@kaas/kafka-engine'
import { temporaryDirectory } from './temporary-directory.ts'

/** Ends what hangs; a busy machine takes a minute for what usually takes two seconds. */
const START_TIMEOUT_MS = 240_000

/** The engine's options; data directory and administrator have defaults here. */
export type TestKafkaOptions = Partial<KafkaOptions>

/**
 * Starts Kafka on free ports of loopback with an administrator of its own, and resolves when it serves (1.5 s; the first
 * time on a machine it gets the jars). Call `stop()` in `afterAll`; a test process that dies takes its brokers along.
 */
export function startKafka(options: TestKafkaOptions = {}): Promise<Kafka> {
  return startEngine({
    dataDirectory: temporaryDirectory('kafka'),
    admin: { username: 'admin', password: randomBytes(12).toString('hex') },
    onProgress: (line) => process.stderr.write(`${line}\n`),
    startTimeoutMs: START_TIMEOUT_MS,
    ...options,
  })
}
