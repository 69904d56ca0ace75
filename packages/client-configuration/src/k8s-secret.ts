// SPDX-License-Identifier: Apache-2.0
/** A Kubernetes Secret that a pod mounts or takes its environment from: nothing in it points to a file of this machine. */
import { stringify } from 'yaml'
import { type Connection, commented, headline, passwordOf } from './connection.ts'
import { inlineCa, loginLines, property } from './properties.ts'

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
      ...loginEntries(connection),
      ...(connection.caPem === undefined ? {} : { 'ca.crt': connection.caPem }),
      'client.properties': `${clientProperties(connection).join('\n')}\n`,
    },
  }
  return `${commented([...headline(connection, 'Kubernetes Secret'), 'kubectl apply -f FILE'], '#')}\n${stringify(secret, { lineWidth: 0 })}`
}

function loginEntries({ login, username }: Connection): Readonly<Record<string, string>> {
  if (login.kind === 'tls') {
    return { 'security-protocol': 'SSL', username, 'user.crt': login.certificatePem, 'user.key': login.keyPem }
  }
  return {
    'security-protocol': 'SASL_SSL',
    'sasl-mechanism': login.mechanism,
    username,
    password: passwordOf(login),
  }
}

function clientProperties(connection: Connection): readonly string[] {
  return [property('bootstrap.servers', connection.bootstrap), ...loginLines(connection), ...inlineCa(connection)]
}
