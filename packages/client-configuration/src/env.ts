// SPDX-License-Identifier: Apache-2.0
/** Shell variables, for `source` and for files of environment variables. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** One `export` per value, quoted so that a shell takes it literally. */
export function renderEnv(connection: Connection): string {
  const values: readonly (readonly [string, string | undefined])[] = [
    ['KAFKA_BOOTSTRAP_SERVERS', connection.bootstrap],
    ...loginValues(connection),
    ['KAFKA_SSL_CA_LOCATION', connection.caFile],
    ['KAFKA_SSL_CA_PEM', connection.caFile === undefined ? connection.caPem : undefined],
  ]
  const lines = values.flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${quoted(value)}`]))
  return [commented([...headline(connection, 'Environment'), 'Take it over with: source FILE'], '#'), ...lines, ''].join(
    '\n',
  )
}

function loginValues({ login, username }: Connection): readonly (readonly [string, string])[] {
  if (login.kind === 'tls') {
    return [
      ['KAFKA_SECURITY_PROTOCOL', 'SSL'],
      ['KAFKA_SSL_CERTIFICATE_PEM', login.certificatePem],
      ['KAFKA_SSL_KEY_PEM', login.keyPem],
    ]
  }
  return [
    ['KAFKA_SECURITY_PROTOCOL', 'SASL_SSL'],
    ['KAFKA_SASL_MECHANISM', login.mechanism],
    ['KAFKA_SASL_USERNAME', username],
    ['KAFKA_SASL_PASSWORD', passwordOf(login)],
  ]
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`
}
