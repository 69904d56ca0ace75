// SPDX-License-Identifier: Apache-2.0
/** Documents as users write them, and short ways to send them. */
import { describeKind, type PutAnswer, type WriteOptions } from '@kaas/http-contract'
import type { TestApi } from './start-api.ts'

export const KINDS = {
  cluster: describeKind('KafkaCluster'),
  team: describeKind('Team'),
  tenant: describeKind('Tenant'),
  topic: describeKind('Topic'),
  user: describeKind('User'),
}

/** The document of a kind with this spec. */
export function documentOf(kind: string, metadata: object, spec: object): object {
  return { apiVersion: 'kaas.dev/v1', kind, metadata, spec }
}

export const WORKLOAD = { produce: '5MB/s', consume: '15MB/s', retention: '7d' }

/** Puts a tenant; `spec` is added to a workload of 5 MB/s. */
export function putTenant({ client }: TestApi, name: string, spec: object = {}, options?: WriteOptions): Promise<PutAnswer> {
  return client.put({ kind: KINDS.tenant, name }, documentOf('Tenant', { name }, { workload: WORKLOAD, ...spec }), options)
}

export function putTopic({ client }: TestApi, tenant: string, name: string, spec: object = {}): Promise<PutAnswer> {
  return client.put({ kind: KINDS.topic, tenant, name }, documentOf('Topic', { name, tenant }, spec))
}

export function putUser({ client }: TestApi, tenant: string, name: string, spec: object = {}): Promise<PutAnswer> {
  return client.put({ kind: KINDS.user, tenant, name }, documentOf('User', { name, tenant }, spec))
}

/** A cluster that was reached: its document by the API, and what the reconciler saw of it. */
export async function putCluster({ client, store }: TestApi, name: string, capacity?: object): Promise<void> {
  const spec = { bootstrapServers: ['127.0.0.1:9'], ...(capacity === undefined ? {} : { capacity }) }
  const { resource } = await client.put({ kind: KINDS.cluster, name }, documentOf('KafkaCluster', { name }, spec))
  const observed = { clusterId: 'a-cluster', brokers: [{ nodeId: 0, host: 'x', port: 1 }], replicationFactor: 1 }
  const status = { conditions: [], observedGeneration: 1, observed }
  await store.saveStatus({ kind: 'KafkaCluster', name }, resource.metadata.uid, status)
}
