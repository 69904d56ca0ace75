// SPDX-License-Identifier: Apache-2.0
import { loadConfig } from '@kaas/configuration'
import { expect, test } from 'vitest'
import { LOCAL_CONFIG } from './config.ts'
import { engineAddressFor } from './engine.ts'
import { clusterDocumentFor } from './register-cluster.ts'
import { statePathsOf } from './state-files.ts'

const paths = statePathsOf('/state')

test('without any setting, local mode starts a Kafka of its own', () => {
  const address = engineAddressFor(loadConfig(LOCAL_CONFIG, {}), paths)
  expect(address).toMatchObject({ kind: 'apache', bootstrapServers: ['127.0.0.1:19192'], username: 'admin' })
})

test('a Kafka that runs already is registered with its servers, log-in and CA', () => {
  const config = loadConfig(LOCAL_CONFIG, {
    KAAS_KAFKA: 'kafka-1:9092,kafka-2:9092',
    KAAS_KAFKA_USERNAME: 'root',
    KAAS_KAFKA_PASSWORD_FILE: '/run/secrets/kafka',
    KAAS_KAFKA_MECHANISM: 'SCRAM-SHA-256',
    KAAS_KAFKA_TLS: 'true',
    KAAS_KAFKA_CA_FILE: '/etc/kafka/ca.pem',
  })
  expect(clusterDocumentFor(engineAddressFor(config, paths))).toMatchObject({
    kind: 'KafkaCluster',
    spec: {
      bootstrapServers: ['kafka-1:9092', 'kafka-2:9092'],
      tls: { enabled: true, caFile: '/etc/kafka/ca.pem' },
      admin: { username: 'root', passwordFile: '/run/secrets/kafka', mechanism: 'SCRAM-SHA-256' },
      engine: 'existing',
    },
  })
})

test('a Kafka that runs already without a log-in is refused, naming both variables', () => {
  const config = loadConfig(LOCAL_CONFIG, { KAAS_KAFKA: 'kafka-1:9092' })
  expect(() => engineAddressFor(config, paths)).toThrow(
    expect.objectContaining({
      code: 'config-invalid',
      help: expect.stringContaining('KAAS_KAFKA_USERNAME and KAAS_KAFKA_PASSWORD_FILE'),
    }),
  )
})
