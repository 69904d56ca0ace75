// SPDX-License-Identifier: Apache-2.0
/** `application.yaml` for Spring Boot. */
import { stringify } from 'yaml'
import { type Connection, commented, headline } from './connection.ts'
import { jaasConfig } from './properties.ts'
import { JAVA_CONSUMER_SETTINGS, PRODUCER_SETTINGS, type Setting } from './settings.ts'

/** Settings of `spring.kafka`; what Spring has a name of its own for stands under that name. */
export function renderSpring(connection: Connection): string {
  const settings = {
    spring: {
      kafka: {
        'bootstrap-servers': connection.bootstrap,
        ...securityOf(connection),
        producer: { acks: 'all', 'compression-type': 'lz4', properties: others(PRODUCER_SETTINGS) },
        consumer: {
          'group-id': connection.group,
          'auto-offset-reset': 'earliest',
          'isolation-level': 'read_committed',
          properties: others(JAVA_CONSUMER_SETTINGS),
        },
      },
    },
  }
  return `${commented([...headline(connection, 'Spring Boot'), 'Save as application.yaml or merge it there.'], '#')}\n${stringify(settings, { lineWidth: 0 })}`
}

function securityOf(connection: Connection): object {
  const { login, username } = connection
  const trust = trustOf(connection)
  if (login.kind === 'tls') {
    const own = {
      'key-store-type': 'PEM',
      'key-store-certificate-chain': login.certificatePem,
      'key-store-key': login.keyPem,
    }
    return { security: { protocol: 'SSL' }, ssl: { ...own, ...trust } }
  }
  return {
    security: { protocol: 'SASL_SSL' },
    ...(trust === undefined ? {} : { ssl: trust }),
    properties: { 'sasl.mechanism': login.mechanism, 'sasl.jaas.config': jaasConfig(username, login) },
  }
}

function trustOf({ caFile, caPem }: Connection): object | undefined {
  if (caFile !== undefined) return { 'trust-store-type': 'PEM', 'trust-store-location': `file:${caFile}` }
  return caPem === undefined ? undefined : { 'trust-store-type': 'PEM', 'trust-store-certificates': caPem }
}

const SPRING_NAMES = ['acks', 'compression.type', 'auto.offset.reset', 'isolation.level']

function others(settings: readonly Setting[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    settings.filter(({ name }) => !SPRING_NAMES.includes(name)).map(({ name, value }) => [name, value]),
  )
}
