// SPDX-License-Identifier: Apache-2.0
/** A Kubernetes Secret that a pod mounts or takes its environment from: nothing in it points to a file of this machine. */
import { stringify } from 'yaml'
import { type Connection, commented, headline, passwordOf } from './connection.ts'
import { jaasConfig, property } from './properties.ts'

/** The manifest. The CA stands inside, alone and within `client.properties`. */
export function renderK8sSecret(connection: Connection): string {
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `kafka-${connection.username.replaceAll('.', '-')}`,
      labels: { 'app.kubernetes.io/managed-by': 'kaas', 'kaas.dev/tenant': connection.tenant },
    },
    type: 'Opaque',
    stringData: {
      'bootstrap-servers': connection.bootstrap,
      'security-protocol': 'SASL_SSL',
      'sasl-mechanism': connection.mechanism,
      username: connection.username,
      password: passwordOf(connection),
      ...(connection.caPem === undefined ? {} : { 'ca.crt': connection.caPem }),
      'client.properties': `${clientProperties(connection).join('\n')}\n`,
    },
  }
  return `${commented([...headline(connection, 'Kubernetes Secret'), 'kubectl apply -f FILE'], '#')}\n${stringify(secret, { lineWidth: 0 })}`
}

function clientProperties(connection: Connection): readonly string[] {
  return [
    property('bootstrap.servers', connection.bootstrap),
    property('security.protocol', 'SASL_SSL'),
    property('sasl.mechanism', connection.mechanism),
    property('sasl.jaas.config', jaasConfig(connection)),
    ...(connection.caPem === undefined
      ? []
      : [property('ssl.truststore.type', 'PEM'), property('ssl.truststore.certificates', connection.caPem.trim())]),
  ]
}
