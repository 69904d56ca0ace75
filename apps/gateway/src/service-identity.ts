// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway's own login at each cluster, for the few administrative requests that a tenant's user has no right to (design 6.1).
 * One connection per cluster, and one per broker for what each tells of itself only, opened when first needed. Which requests may use it is decided by the steps.
 */
import { readFile } from 'node:fs/promises'
import type { SnapshotCluster } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import type { Api, RequestInput, ResponseOf } from '@kaas/kafka-protocol'
import { z } from 'zod'
import type { ClusterDirectory } from './cluster-directory.ts'
import type { Endpoint } from './step.ts'

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

  /**
   * Resolves with the decoded answer, whatever error codes it carries, of any broker or of the one at `broker`. Throws
   * `credentials-missing` when no login is configured.
   */
  async ask<A extends Api>(
    cluster: SnapshotCluster,
    api: A,
    request: RequestInput<A>,
    broker?: Endpoint,
  ): Promise<ResponseOf<A>> {
    const connection = await this.#connectionTo(cluster, broker)
    return connection.request(api, request)
  }

  async close(): Promise<void> {
    const open = [...this.#connections.values()]
    this.#connections.clear()
    await Promise.allSettled(open.map(async (connection) => (await connection).close()))
  }

  async #connectionTo(cluster: SnapshotCluster, broker: Endpoint | undefined): Promise<KafkaConnection> {
    const key = broker === undefined ? cluster.name : `${cluster.name} ${broker.host}:${broker.port}`
    const known = this.#connections.get(key)
    if (known !== undefined && (await known).usable) return known
    if (known !== undefined && this.#connections.get(key) === known) this.#connections.delete(key)
    const opening = this.#connections.get(key) ?? this.#open(cluster, broker)
    if (this.#connections.get(key) === opening) return opening
    this.#connections.set(key, opening)
    const forget = (): void => {
      if (this.#connections.get(key) === opening) this.#connections.delete(key)
    }
    opening.then(({ ended }) => ended.then(forget)).catch(forget)
    return opening
  }

  async #open(cluster: SnapshotCluster, broker: Endpoint | undefined): Promise<KafkaConnection> {
    const credentials = await this.#credentialsFor(cluster.name)
    const { enabled, caPem } = cluster.tls
    const addresses = broker === undefined ? this.#directory.addressesOf(cluster, undefined, Date.now()) : [broker]
    let cause: unknown
    for (const address of addresses) {
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
