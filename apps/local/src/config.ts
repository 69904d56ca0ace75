// SPDX-License-Identifier: Apache-2.0
/** What local mode can be told from outside. */
import { type ConfigOf, defineConfig, flag, oneOf, path, port, serverList, text } from '@kaas/configuration'
import { z } from 'zod'

/** `apache` for the Kafka that local mode starts, or the bootstrap servers of one that runs already. */
const engine = z.union(
  [z.literal('apache'), serverList],
  'it must be apache, or host:port,host:port of a Kafka that runs already',
)

export const LOCAL_CONFIG = defineConfig({
  KAAS_STATE_DIR: {
    schema: path,
    default: '.kaas',
    example: '/var/lib/kaas',
    description: 'Where everything lives that must survive: database, Kafka data, certificates, tokens, logs.',
  },
  KAAS_API_PORT: {
    schema: port,
    default: '8080',
    example: '18080',
    description: 'Port of the API, on loopback.',
  },
  KAAS_SIGN_IN_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/sign-in.yaml',
    description: 'File with identity providers, beside the bootstrap administrator: see the guide docs/guides/sign-in.md.',
  },
  KAAS_KAFKA_PORT: {
    schema: port,
    default: '9092',
    example: '19092',
    description: 'Port of the gateway for Kafka clients (TLS and SASL). The ports after it are the brokers, one each.',
  },
  KAAS_GATEWAY_HEALTH_PORT: {
    schema: port,
    default: '9901',
    example: '19901',
    description: 'Port of the health and metrics pages of the gateway.',
  },
  KAAS_ENGINE_PORT: {
    schema: port,
    default: '19192',
    example: '29192',
    description: 'Port of the Kafka broker behind the gateway; the next one is its controller. Clients do not use it.',
  },
  KAAS_KAFKA: {
    schema: engine,
    default: 'apache',
    example: 'kafka-1.example:9092,kafka-2.example:9092',
    description: 'The Kafka to use: apache starts one of its own; host:port names one that runs already.',
  },
  KAAS_KAFKA_USERNAME: {
    schema: text.optional(),
    example: 'admin',
    description: 'Administrator of a Kafka that runs already. Needed with host:port in KAAS_KAFKA.',
  },
  KAAS_KAFKA_PASSWORD_FILE: {
    schema: path.optional(),
    example: '/run/secrets/kafka-admin-password',
    description: 'File with the password of KAAS_KAFKA_USERNAME and nothing else.',
    secretFile: true,
  },
  KAAS_KAFKA_MECHANISM: {
    schema: oneOf(['SCRAM-SHA-512', 'SCRAM-SHA-256']),
    default: 'SCRAM-SHA-512',
    example: 'SCRAM-SHA-256',
    description: 'How the administrator logs in to a Kafka that runs already.',
  },
  KAAS_KAFKA_TLS: {
    schema: flag,
    default: 'false',
    example: 'true',
    description: 'Whether a Kafka that runs already is reached over TLS.',
  },
  KAAS_KAFKA_CA_FILE: {
    schema: path.optional(),
    example: '/etc/kafka/ca.pem',
    description: 'CA of a Kafka that runs already, in PEM; the CAs of the system when unset.',
  },
  KAAS_GIT_URL: {
    schema: text.optional(),
    example: 'https://git.example.org/platform/tenants.git',
    description: 'Repository of tenants, for tenants with a Kafka of their own; one in the state directory when unset.',
  },
  KAAS_KUBECONFIG_FILE: {
    schema: path.optional(),
    example: '/etc/kaas/kubeconfig',
    description:
      'File with the kubeconfig of a management cluster, to see what becomes of tenants with a Kafka of their own.',
    secretFile: true,
  },
  KAAS_DATABASE_URL: {
    schema: text.optional(),
    example: 'postgres://kaas@127.0.0.1:5432/kaas',
    description: 'A PostgreSQL for the control plane; an embedded database in the state directory when unset.',
  },
})

export type LocalConfig = ConfigOf<typeof LOCAL_CONFIG>
