// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration files of librdkafka, and of kcat, which reads the same lines. A value is one line of at most some hundred
 * characters there, so that certificates and keys are files beside it.
 */
import { type Connection, commented, headline, passwordOf } from './connection.ts'
import { LIBRDKAFKA_CONSUMER_SETTINGS, PRODUCER_SETTINGS, type Setting } from './settings.ts'

/** Lines for everything that is built on librdkafka. What belongs to a consumer only is commented out: a producer warns of it. */
export function renderLibrdkafka(connection: Connection): string {
  return [
    commented(headline(connection, 'Kafka client on librdkafka 2.6.1 or later'), '#'),
    ...securityLines(connection, 'SCRAM'),
    '',
    '# A producer',
    ...PRODUCER_SETTINGS.flatMap(lineOf),
    '',
    '# A consumer: remove the # before the setting, and the lines of the producer',
    `#group.id=${connection.group}`,
    ...LIBRDKAFKA_CONSUMER_SETTINGS.flatMap(({ name, value, why }) => [`# ${why}`, `#${name}=${value}`]),
    '',
  ].join('\n')
}

/** A file for `kcat -F`. */
export function renderKcat(connection: Connection): string {
  return [
    commented(headline(connection, 'kcat'), '#'),
    '# Save as kcat.conf, then for example:',
    '#   kcat -F kcat.conf -L',
    `#   echo hello | kcat -F kcat.conf -P -t ${connection.topic}`,
    `#   kcat -F kcat.conf -C -t ${connection.topic} -o beginning -e`,
    `#   kcat -F kcat.conf -G ${connection.group} ${connection.topic}`,
    ...kcatHints(connection),
    ...securityLines(connection, connection.gateway ? 'PLAIN' : 'SCRAM'),
    '',
  ].join('\n')
}

function kcatHints({ login, gateway }: Connection): readonly string[] {
  if (login.kind === 'tls') return []
  if (!gateway) return ['# It needs librdkafka 2.6.1 or later (kcat -V): earlier ones cannot do SCRAM with Kafka 4.']
  return [
    '# PLAIN, not SCRAM: librdkafka before 2.6.1, which many distributions ship, cannot do SCRAM with Kafka 4.',
    '# The password travels inside TLS only; the gateway answers PLAIN and logs in to Kafka by SCRAM with it.',
  ]
}

function securityLines(connection: Connection, family: 'PLAIN' | 'SCRAM'): readonly string[] {
  const { login, username } = connection
  const proof =
    login.kind === 'tls'
      ? ['security.protocol=SSL', `ssl.certificate.location=${login.certificateFile}`, `ssl.key.location=${login.keyFile}`]
      : [
          'security.protocol=SASL_SSL',
          `sasl.mechanism=${family === 'PLAIN' ? 'PLAIN' : login.mechanism}`,
          `sasl.username=${username}`,
          `sasl.password=${passwordOf(login)}`,
        ]
  return [
    `bootstrap.servers=${connection.bootstrap}`,
    ...proof,
    ...(connection.caFile === undefined ? [] : [`ssl.ca.location=${connection.caFile}`]),
  ]
}

function lineOf({ name, value, why }: Setting): readonly string[] {
  return [`# ${why}`, `${name}=${value}`]
}
