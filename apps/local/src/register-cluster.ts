// SPDX-License-Identifier: Apache-2.0
/** Tells the control plane about the Kafka of local mode, as the resource `KafkaCluster/local`. */
import { readFileSync } from 'node:fs'
import { API_VERSION } from '@kaas/domain'
import { createClient, describeKind } from '@kaas/http-contract'
import type { EngineAddress } from './engine.ts'

/** The name under which tenants find it. */
export const CLUSTER_NAME = 'local'

const TIMEOUT_MS = 15_000

/**
 * What a development cluster is said to hold. Nominal: orders are planned and limited as on a real cluster, while the disk
 * fills only with what is really written.
 */
const NOMINAL_CAPACITY = {
  produce: '200MB/s',
  consume: '600MB/s',
  partitions: 4000,
  diskBytes: 100_000_000_000_000,
  connections: 5000,
}

/** The document of the cluster. */
export function clusterDocumentFor(address: EngineAddress): object {
  const { caFile, mechanism, passwordFile, username } = address
  return {
    apiVersion: API_VERSION,
    kind: 'KafkaCluster',
    metadata: { name: CLUSTER_NAME },
    spec: {
      bootstrapServers: address.bootstrapServers,
      tls: { enabled: address.tls, ...(caFile !== undefined && { caFile }) },
      admin: { username, passwordFile, mechanism },
      capacity: NOMINAL_CAPACITY,
      engine: address.kind,
    },
  }
}

/** Puts the document; the same one again changes nothing. Throws what the API answers. */
export async function registerCluster(apiUrl: string, tokenFile: string, address: EngineAddress): Promise<void> {
  const token = readFileSync(tokenFile, 'utf8').trim()
  const client = createClient({ baseUrl: apiUrl, token, fetch, signal: AbortSignal.timeout(TIMEOUT_MS) })
  await client.put({ kind: describeKind('KafkaCluster'), name: CLUSTER_NAME }, clusterDocumentFor(address))
}
