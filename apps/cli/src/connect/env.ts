// SPDX-License-Identifier: Apache-2.0
/** Shell variables, for `source` and for files of environment variables. */
import { type Connection, commented, headline, passwordOf } from './connection.ts'

/** One `export` per value, quoted so that a shell takes it literally. */
export function renderEnv(connection: Connection): string {
  const values: readonly (readonly [string, string | undefined])[] = [
    ['KAFKA_BOOTSTRAP_SERVERS', connection.bootstrap],
    ['KAFKA_SECURITY_PROTOCOL', 'SASL_SSL'],
    ['KAFKA_SASL_MECHANISM', connection.mechanism],
    ['KAFKA_SASL_USERNAME', connection.username],
    ['KAFKA_SASL_PASSWORD', passwordOf(connection)],
    ['KAFKA_SSL_CA_LOCATION', connection.caFile],
  ]
  const lines = values.flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${quoted(value)}`]))
  return [commented([...headline(connection, 'Environment'), 'Take it over with: source FILE'], '#'), ...lines, ''].join(
    '\n',
  )
}

function quoted(text: string): string {
  return `'${text.replace(/'/g, "'\\''")}'`
}
