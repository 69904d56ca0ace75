// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka clients from outside: they know the tenant's names only. In place of DNS and of the Gateway that routes by SNI stands a
 * table from name to the port of a node on loopback; names, certificates and log-in are the rendered ones.
 */
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { type ConnectOptions, type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import { Kafka, logLevel } from 'kafkajs'
import type { UserLogin } from './operators.ts'
import type { RenderedCluster } from './rendered-cluster.ts'
import type { RenderedListener } from './strimzi-stand-in.ts'

/** The external listener at which this kind of user logs in. */
export function listenerFor(cluster: RenderedCluster, kind: UserLogin['kind']): RenderedListener {
  const login = kind === 'tls' ? 'tls' : 'scram-sha-512'
  const listener = cluster.listeners.find((each) => each.isExternal && each.login === login)
  if (listener === undefined) throw new Error(`No listener outside takes ${login}.`)
  return listener
}

/** kafkajs as the user; it starts from the tenant's bootstrap name. `changes` go over its options. */
export function clientAs(cluster: RenderedCluster, login: UserLogin, changes: object = {}): Kafka {
  const listener = listenerFor(cluster, login.kind)
  return new Kafka({
    brokers: [`${listener.bootstrapHost}:443`],
    ssl: tlsOf(cluster, login),
    ...(login.kind === 'scram'
      ? { sasl: { mechanism: 'scram-sha-512' as const, username: login.name, password: login.password } }
      : {}),
    socketFactory: ({ host, ssl, onConnect }) => connectByName(cluster, listener, host, ssl, onConnect),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 5_000,
    retry: { retries: 30, initialRetryTime: 100, maxRetryTime: 1_000 },
    ...changes,
  })
}

/** A bare connection of the user to one broker, for requests that no client library shows. The caller closes it. */
export function connectionTo(cluster: RenderedCluster, login: UserLogin, nodeId: number): Promise<KafkaConnection> {
  const listener = listenerFor(cluster, login.kind)
  const options: ConnectOptions = {
    host: '127.0.0.1',
    port: cluster.portOf(nodeId, listener.name),
    tls: {
      caPem: cluster.externalAuthority.certificatePem,
      serverName: listener.hostOf(nodeId),
      ...(login.kind === 'tls' ? { identity: login.identity } : {}),
    },
    ...(login.kind === 'scram'
      ? { credentials: { mechanism: 'SCRAM-SHA-512', username: login.name, password: login.password } as const }
      : {}),
    clientId: 'test',
  }
  return openKafkaConnection(options)
}

function tlsOf(cluster: RenderedCluster, login: UserLogin) {
  const ca = [cluster.externalAuthority.certificatePem]
  return login.kind === 'tls' ? { ca, cert: login.identity.certificatePem, key: login.identity.keyPem } : { ca }
}

function connectByName(
  cluster: RenderedCluster,
  listener: RenderedListener,
  host: string,
  ssl: object | undefined,
  onConnect: () => void,
): TLSSocket {
  const brokers = cluster.nodes.filter(({ role }) => role === 'broker')
  const named = brokers.find(({ nodeId }) => listener.hostOf(nodeId) === host)
  // The bootstrap name leads to any broker that runs.
  const running = brokers.filter(({ nodeId }) => cluster.broker(nodeId).pid !== undefined)
  const { nodeId } = named ?? running[Math.floor(Math.random() * running.length)] ?? brokers[0] ?? { nodeId: -1 }
  const port = cluster.portOf(nodeId, listener.name)
  return connectTls({ ...ssl, host: '127.0.0.1', port, servername: host }, onConnect)
}
