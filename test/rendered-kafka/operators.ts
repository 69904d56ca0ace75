// SPDX-License-Identifier: Apache-2.0
/**
 * Stands in for Strimzi's user and topic operators: makes Kafka match the rendered KafkaUsers and KafkaTopics, logged in with the
 * certificate of the user operator. Passwords and certificates of users are kept here, where Strimzi makes Secrets. It does all
 * once and watches nothing.
 */
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { issueCertificate, type KeyPair } from '@kaas/certificates'
import { type Acl, type AclOperation, type AclResource, type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import type { KubernetesObject } from '@kaas/planner'
import type { RenderedCluster } from './rendered-cluster.ts'
import { REPLICATION } from './strimzi-stand-in.ts'

const ITERATIONS = 4096

/** How a user of the cluster logs in. */
export type UserLogin =
  | { readonly kind: 'tls'; readonly name: string; readonly identity: KeyPair }
  | { readonly kind: 'scram'; readonly name: string; readonly password: string }

interface KafkaUserSpec {
  readonly authentication: { readonly type: 'tls' | 'scram-sha-512' }
  readonly authorization: { readonly acls: readonly RenderedAcl[] }
  readonly quotas?: Readonly<Record<string, number>>
}

interface RenderedAcl {
  readonly type: 'allow' | 'deny'
  readonly resource: { readonly type: AclResource; readonly name?: string; readonly patternType?: 'literal' | 'prefix' }
  readonly operations: readonly string[]
  readonly host: string
}

interface KafkaTopicSpec {
  readonly topicName: string
  readonly partitions: number
  readonly replicas: number
  readonly config: Readonly<Record<string, string>>
}

/** An administrator with the user operator's certificate. The caller closes it. */
export async function openOperator(cluster: RenderedCluster, tenant: string): Promise<KafkaAdmin> {
  const names = [`${tenant}-entity-user-operator`] as const
  const identity = await issueCertificate(cluster.clusterAuthority, { names, organization: 'io.strimzi' })
  const brokers = cluster.nodes.filter(({ role }) => role === 'broker')
  return openKafkaAdmin({
    bootstrapServers: brokers.map(({ nodeId }) => `127.0.0.1:${cluster.portOf(nodeId, REPLICATION)}`),
    tls: { caPem: cluster.clusterAuthority.certificatePem, identity },
    callTimeoutMs: 60_000,
  })
}

/** Makes all rendered topics and users; resolves with the log-ins by full name. */
export async function applyAccess(
  admin: KafkaAdmin,
  cluster: RenderedCluster,
  objects: readonly KubernetesObject[],
): Promise<ReadonlyMap<string, UserLogin>> {
  for (const { spec } of objects.filter(({ kind }) => kind === 'KafkaTopic')) {
    const { topicName, partitions, replicas, config } = spec as KafkaTopicSpec
    await admin.createTopic({ name: topicName, partitions, replicationFactor: replicas, configs: config })
  }
  const logins = new Map<string, UserLogin>()
  for (const { metadata, spec } of objects.filter(({ kind }) => kind === 'KafkaUser')) {
    const name = metadata?.name ?? ''
    logins.set(name, await applyUser(admin, cluster, name, spec as KafkaUserSpec))
  }
  return logins
}

async function applyUser(
  admin: KafkaAdmin,
  cluster: RenderedCluster,
  name: string,
  { authentication, authorization, quotas }: KafkaUserSpec,
): Promise<UserLogin> {
  const login = authentication.type === 'tls' ? await byCertificate(cluster, name) : await byPassword(admin, name)
  // A certificate is known by its whole subject, a password by the name.
  const principal = login.kind === 'tls' ? `CN=${name}` : name
  await admin.createAcls(authorization.acls.flatMap((acl) => aclsOf(acl, `User:${principal}`)))
  if (quotas !== undefined) {
    const set = {
      producer_byte_rate: Number(quotas.producerByteRate),
      consumer_byte_rate: Number(quotas.consumerByteRate),
    }
    await admin.alterQuotas(principal, { set, remove: [] })
  }
  return login
}

async function byCertificate(cluster: RenderedCluster, name: string): Promise<UserLogin> {
  return { kind: 'tls', name, identity: await issueCertificate(cluster.clientsAuthority, { names: [name] }) }
}

async function byPassword(admin: KafkaAdmin, name: string): Promise<UserLogin> {
  const [password, salt] = [randomBytes(16).toString('hex'), randomBytes(16)]
  const saltedPassword = pbkdf2Sync(password, salt, ITERATIONS, 64, 'sha512')
  await admin.upsertScramCredentials([
    { user: name, mechanism: 'SCRAM-SHA-512', iterations: ITERATIONS, salt, saltedPassword },
  ])
  return { kind: 'scram', name, password }
}

function aclsOf({ type, resource, operations, host }: RenderedAcl, principal: string): readonly Acl[] {
  return operations.map((operation) => ({
    resource: resource.type,
    // The cluster has no name in a KafkaUser; in Kafka it has this one.
    name: resource.name ?? 'kafka-cluster',
    pattern: resource.patternType === 'prefix' ? 'prefixed' : 'literal',
    principal,
    host,
    operation: `${operation.charAt(0).toLowerCase()}${operation.slice(1)}` as AclOperation,
    permission: type,
  }))
}
