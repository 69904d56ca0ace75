// SPDX-License-Identifier: Apache-2.0
/** Ordering tenants, topics and users by the API, and waiting until they are ready. */
import { API_VERSION, type ResourceKind } from '@kaas/domain'
import { type ApiClient, describeKind } from '@kaas/http-contract'
import { waitFor } from '@kaas/testkit'

/** A small tenant, ready for clients. */
export async function createTenant(client: ApiClient, name: string, spec: object = {}): Promise<void> {
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d', partitions: 100 }
  await put(client, 'Tenant', { name }, { team: 'default', workload, ...spec })
}

/** A topic, ready for clients. */
export async function createTopic(client: ApiClient, tenant: string, name: string, spec: object): Promise<void> {
  await put(client, 'Topic', { name, tenant }, spec)
}

/** A user, ready to log in. Resolves with its password. */
export async function createUser(client: ApiClient, tenant: string, name: string, spec: object): Promise<string> {
  const answer = await put(client, 'User', { name, tenant }, spec)
  if (answer.credentials === undefined) throw new Error(`The user ${tenant}.${name} was created before.`)
  return answer.credentials.password
}

/** A share of a topic, in force. */
export async function createShare(client: ApiClient, tenant: string, name: string, spec: object): Promise<void> {
  await put(client, 'TopicShare', { name, tenant }, spec)
}

async function put(client: ApiClient, kind: ResourceKind, metadata: { name: string; tenant?: string }, spec: object) {
  const resource = { kind: describeKind(kind), ...metadata }
  const answer = await client.put(resource, { apiVersion: API_VERSION, kind, metadata, spec })
  const isReady = async () => {
    const conditions = (await client.get(resource)).status?.conditions ?? []
    return conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True')
  }
  await waitFor(isReady, { what: `${kind} ${metadata.name} to be ready` })
  return answer
}
