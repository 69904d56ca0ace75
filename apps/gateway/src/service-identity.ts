// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway's own login at each cluster, for the few administrative requests that a tenant's user has no right to (design 6.1).
 * One connection per cluster, opened when first needed. Which requests may use it is decided by the steps.
 */
import { readFile } from 'node:fs/promises'
import type { SnapshotCluster } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import type { Api, RequestInput, ResponseOf } from '@kaas/kafka-protocol'
import { z } from 'zod'
import type { ClusterDirectory } from './cluster-directory.ts'

const credentialsSchema = z.record(
  z.string(),
  z.object({
    username: z.string().min(1),
    password: z.string().min(1),
    mechanism: z.enum(['SCRAM-SHA-512', 'SCRAM-SHA-256', 'PLAIN']),
  }),
)

/** Clients wait for what is asked here: a broker that says nothing is given up before they give up. */
const PATIENCE = { connectTimeoutMs: 5000, requestTimeoutMs: 10_000 } as const

/** Requests with the gateway's own identity. Owns connections: call `close`. */
export class ServiceIdentity {
  readonly #credentialsFile: string | undefined
  readonly #directory: ClusterDirectory
  readonly #connections = new Map<string, Promise<KafkaConnection>>()

  /** The file is read for every new connection, so that a changed password counts without a restart. */
  constructor(credentialsFile: string | undefined, directory: ClusterDirectory) {
    this.#credentialsFile = credentialsFile
    this.#directory = directory
  }

  /** Resolves with the decoded answer, whatever error codes it carries. Throws `credentials-missing` when no login is configured. */
  async ask<A extends Api>(cluster: SnapshotCluster, api: A, request: RequestInput<A>): Promise<ResponseOf<A>> {
    const connection = await this.#connectionTo(cluster)
    return connection.request(api, request)
  }

  async close(): Promise<void> {
    const open = [...this.#connections.values()]
    this.#connections.clear()
    await Promise.allSettled(open.map(async (connection) => (await connection).close()))
  }

  async #connectionTo(cluster: SnapshotCluster): Promise<KafkaConnection> {
    const known = this.#connections.get(cluster.name)
    if (known !== undefined && (await known).usable) return known
    if (known !== undefined && this.#connections.get(cluster.name) === known) this.#connections.delete(cluster.name)
    const opening = this.#connections.get(cluster.name) ?? this.#open(cluster)
    this.#connections.set(cluster.name, opening)
    opening.catch(() => this.#connections.delete(cluster.name))
    return opening
  }

  async #open(cluster: SnapshotCluster): Promise<KafkaConnection> {
    const credentials = await this.#credentialsFor(cluster.name)
    const { enabled, caPem } = cluster.tls
    let cause: unknown
    for (const address of this.#directory.addressesOf(cluster, undefined, Date.now())) {
      try {
        const tls = enabled ? { tls: caPem === undefined ? {} : { caPem } } : {}
        return await openKafkaConnection({ ...address, ...tls, credentials, ...PATIENCE, clientId: 'kaas-gateway' })
      } catch (error) {
        this.#directory.away(address, Date.now())
        cause = error
      }
    }
    throw cause
  }

  async #credentialsFor(cluster: string): Promise<z.infer<typeof credentialsSchema>[string]> {
    const all =
      this.#credentialsFile === undefined
        ? {}
        : credentialsSchema.parse(JSON.parse(await readFile(this.#credentialsFile, 'utf8')) as unknown)
    const own = all[cluster]
    if (own !== undefined) return own
    throw new KaasError('credentials-missing', {
      message: `The gateway has no login of its own at the Kafka cluster "${cluster}".`,
      help: 'Add the cluster to the file that KAAS_SERVICE_CREDENTIALS_FILE names.',
    })
  }
}
