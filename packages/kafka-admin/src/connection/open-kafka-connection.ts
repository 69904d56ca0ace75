// SPDX-License-Identifier: Apache-2.0
/** From an address to a connection that is ready for requests: socket, versions, login. */
import { agreeOnVersions } from './agree-on-versions.ts'
import { KafkaConnection } from './kafka-connection.ts'
import { type KafkaCredentials, logIn } from './log-in.ts'
import { type BrokerAddress, type ClientTls, openSocket } from './open-socket.ts'

/** Where and as whom to connect. Without `tls` the connection is plaintext, without `credentials` nobody logs in. */
export interface ConnectOptions extends BrokerAddress {
  readonly tls?: ClientTls
  readonly credentials?: KafkaCredentials
  /** Shown in the broker's logs and quotas. */
  readonly clientId: string
  /** For socket, TLS, versions and login together. 10 s when absent. */
  readonly connectTimeoutMs?: number
  /** From a request to its answer. 15 s when absent. */
  readonly requestTimeoutMs?: number
  /** 32 when absent. */
  readonly maxInFlight?: number
  /** 64 MiB when absent. */
  readonly maxFrameBytes?: number
}

/**
 * Resolves with a connection that the caller owns and closes. Throws `kafka-unavailable`, `kafka-timeout`, `credentials-wrong`,
 * `not-supported` (mechanism or Kafka version) or `frame-corrupt` (not a Kafka port); the socket is then closed.
 */
export async function openKafkaConnection(options: ConnectOptions): Promise<KafkaConnection> {
  const connectTimeoutMs = options.connectTimeoutMs ?? 10_000
  const deadlineMs = Date.now() + connectTimeoutMs
  const socket = await openSocket(options, options.tls, connectTimeoutMs)
  const connection = new KafkaConnection(socket, {
    clientId: options.clientId,
    address: { host: options.host, port: options.port },
    requestTimeoutMs: options.requestTimeoutMs ?? 15_000,
    maxInFlight: options.maxInFlight ?? 32,
    maxFrameBytes: options.maxFrameBytes ?? 64 * 1024 * 1024,
  })
  try {
    await agreeOnVersions(connection, Math.max(1, deadlineMs - Date.now()))
    if (options.credentials !== undefined) await logIn(connection, options.credentials, Math.max(1, deadlineMs - Date.now()))
    return connection
  } catch (error) {
    await connection.close()
    throw error
  }
}
