// SPDX-License-Identifier: Apache-2.0
/** `client.properties` for Java clients and Kafka's own tools. */
import { type Connection, commented, headline, passwordOf, type ScramLogin } from './connection.ts'
import { JAVA_CONSUMER_SETTINGS, PRODUCER_SETTINGS, type Setting } from './settings.ts'

/** A file for `--command-config`, `--producer.config` and `Properties.load`. */
export function renderProperties(connection: Connection): string {
  return [
    commented(headline(connection, 'Kafka client for Java'), '#'),
    '# Save as client.properties, then for example:',
    `#   kafka-console-producer.sh --bootstrap-server ${connection.bootstrap} --command-config client.properties --topic ${connection.topic}`,
    ...securityLines(connection),
    '',
    '# A producer',
    ...PRODUCER_SETTINGS.flatMap(lineOf),
    '',
    '# A consumer',
    ...JAVA_CONSUMER_SETTINGS.flatMap(lineOf),
    '',
  ].join('\n')
}

/** The lines that reach and prove: bootstrap, TLS, SASL. */
export function securityLines(connection: Connection): readonly string[] {
  return [
    property('bootstrap.servers', connection.bootstrap),
    ...loginLines(connection),
    ...(connection.caFile === undefined
      ? inlineCa(connection)
      : [property('ssl.truststore.type', 'PEM'), property('ssl.truststore.location', connection.caFile)]),
  ]
}

/** The lines by which the user proves who it is; a key stands inside, so that the file is complete. */
export function loginLines({ login, username }: Connection): readonly string[] {
  if (login.kind === 'tls') {
    return [
      property('security.protocol', 'SSL'),
      property('ssl.keystore.type', 'PEM'),
      property('ssl.keystore.certificate.chain', login.certificatePem.trim()),
      property('ssl.keystore.key', login.keyPem.trim()),
    ]
  }
  return [
    property('security.protocol', 'SASL_SSL'),
    property('sasl.mechanism', login.mechanism),
    property('sasl.jaas.config', jaasConfig(username, login)),
  ]
}

/** The lines that trust the CA without a file; none for a public authority. */
export function inlineCa({ caPem }: Connection): readonly string[] {
  if (caPem === undefined) return []
  return [property('ssl.truststore.type', 'PEM'), property('ssl.truststore.certificates', caPem.trim())]
}

/** The login module of Java's clients with user and password. */
export function jaasConfig(username: string, login: ScramLogin): string {
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
  const module = 'org.apache.kafka.common.security.scram.ScramLoginModule'
  return `${module} required username=${quoted(username)} password=${quoted(passwordOf(login))};`
}

/** One line as `java.util.Properties` reads it: backslashes doubled, leading blanks and characters beyond Latin-1 escaped. */
export function property(name: string, value: string): string {
  const escaped = value
    .replace(/\\/g, '\\\\')
    .replace(/\n/g, '\\n')
    .replace(/^ /, '\\ ')
    .replace(/[^\x20-\x7e]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return `${name}=${escaped}`
}

function lineOf({ name, value, why }: Setting): readonly string[] {
  return [`# ${why}`, property(name, value)]
}
