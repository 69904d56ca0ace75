// SPDX-License-Identifier: Apache-2.0
/** The clients that are scripts or programs of their own, with what each can do. kcat and the Java tools have files of their own. */
import { fileURLToPath } from 'node:url'
import { goProgram, pythonEnvironment } from '@kaas/testkit'
import type { Client } from './client.ts'
import { scriptClient } from './script-client.ts'

const at = (file: string) => fileURLToPath(new URL(`clients/${file}`, import.meta.url))
const ALL_VERBS = ['metadata', 'produce', 'consume', 'transact', 'admin'] as const
const ALL_COMPRESSIONS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const
const ALL_MECHANISMS = ['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN'] as const

/** librdkafka as of today. */
export const confluentPython: Client = scriptClient(
  {
    name: 'confluent-kafka 2.16 (Python)',
    mechanisms: ALL_MECHANISMS,
    compressions: ALL_COMPRESSIONS,
    verbs: [...ALL_VERBS, 'steady'],
    onlyThroughGateway: [],
    choosesPartition: true,
    hasConsumerProtocol: true,
  },
  async () => [await pythonEnvironment(at('confluent-python/requirements.txt')), at('confluent-python/client.py')],
)

/** As older services still pin it; it has no transactions. */
export const kafkaPython: Client = scriptClient(
  {
    name: 'kafka-python 2.0.2',
    mechanisms: ALL_MECHANISMS,
    compressions: ALL_COMPRESSIONS,
    verbs: ['metadata', 'produce', 'consume', 'admin'],
    onlyThroughGateway: [],
    choosesPartition: true,
    hasConsumerProtocol: false,
  },
  async () => [await pythonEnvironment(at('kafka-python/requirements.txt')), at('kafka-python/client.py')],
)

export const franzGo: Client = scriptClient(
  {
    name: 'franz-go 1.22',
    mechanisms: ALL_MECHANISMS,
    compressions: ALL_COMPRESSIONS,
    verbs: [...ALL_VERBS, 'steady'],
    onlyThroughGateway: [],
    choosesPartition: true,
    hasConsumerProtocol: false,
  },
  async () => [await goProgram(at('franz-go'))],
)

/** It brings gzip only; other compressions need packages beside it. */
export const kafkaJs: Client = scriptClient(
  {
    name: 'kafkajs 2.2',
    mechanisms: ALL_MECHANISMS,
    compressions: ['none', 'gzip'],
    verbs: ALL_VERBS,
    onlyThroughGateway: [],
    choosesPartition: true,
    hasConsumerProtocol: false,
  },
  async () => [process.execPath, at('kafkajs.ts')],
)

/**
 * It takes the newest AddPartitionsToTxn that a broker offers, which is for brokers only (from version 4 on) and needs rights on the
 * cluster. The gateway offers what is for clients.
 */
export const platformatic: Client = scriptClient(
  {
    name: '@platformatic/kafka 2.12',
    mechanisms: ALL_MECHANISMS,
    compressions: ALL_COMPRESSIONS,
    verbs: ALL_VERBS,
    onlyThroughGateway: ['transact'],
    choosesPartition: true,
    hasConsumerProtocol: true,
  },
  async () => [process.execPath, at('platformatic.ts')],
)
