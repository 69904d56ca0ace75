// SPDX-License-Identifier: Apache-2.0
/** All verbs of administration bound to one cluster. Each verb has its own file under `verbs/`. */
import type { Acl, AclFilter } from './acl.ts'
import type { SaltedCredentials } from './connection/log-in.ts'
import { findLeaders, type LedPartition, type TopicPartition } from './find-leaders.ts'
import { KafkaClient, type KafkaClientOptions } from './kafka-client.ts'
import type { ConfigResource, ScramMechanism } from './kafka-values.ts'
import { activeController } from './verbs/active-controller.ts'
import { alterConfigs, type ConfigChange } from './verbs/alter-configs.ts'
import { alterGroupOffsets } from './verbs/alter-group-offsets.ts'
import { alterQuotas, type QuotaChange } from './verbs/alter-quotas.ts'
import { createAcls } from './verbs/create-acls.ts'
import { createPartitions } from './verbs/create-partitions.ts'
import { createTopic, type NewTopic } from './verbs/create-topic.ts'
import { deleteAcls } from './verbs/delete-acls.ts'
import { deleteGroups } from './verbs/delete-groups.ts'
import { deleteScramCredentials } from './verbs/delete-scram-credentials.ts'
import { deleteTopics } from './verbs/delete-topics.ts'
import { describeAcls } from './verbs/describe-acls.ts'
import { type ClusterDescription, describeCluster } from './verbs/describe-cluster.ts'
import { type ConfigEntry, describeConfigs } from './verbs/describe-configs.ts'
import { type ClusterFeatures, describeFeatures } from './verbs/describe-features.ts'
import { describeGroups, type GroupDescription } from './verbs/describe-groups.ts'
import { type BrokerLogs, describeLogDirs } from './verbs/describe-log-dirs.ts'
import { describeQuotas, type UserQuotas } from './verbs/describe-quotas.ts'
import { describeScramCredentials, type ScramUser } from './verbs/describe-scram-credentials.ts'
import { describeTopics, type TopicDescription } from './verbs/describe-topics.ts'
import { endTransactions } from './verbs/end-transactions.ts'
import { type CommittedOffset, fetchGroupOffsets } from './verbs/fetch-group-offsets.ts'
import { type FetchedPartition, type FetchRequest, fetchRecords } from './verbs/fetch-records.ts'
import { type GroupsThatAnswered, type ListedGroup, listGroups, listGroupsThatAnswer } from './verbs/list-groups.ts'
import { type ListedOffset, listOffsets, type OffsetPlace } from './verbs/list-offsets.ts'
import { describePartitions, listPartitions, type TopicPartitions } from './verbs/list-partitions.ts'
import { listTopicNames } from './verbs/list-topic-names.ts'
import { type ListedTransactionalId, listTransactionalIds } from './verbs/list-transactional-ids.ts'
import { type BatchToProduce, type ProducedBatch, produce } from './verbs/produce.ts'
import { type CredentialTrial, tryCredential } from './verbs/try-credential.ts'
import { type ScramCredential, upsertScramCredentials } from './verbs/upsert-scram-credentials.ts'

/**
 * Administration of one cluster. Every verb ends within the call timeout and throws KaasErrors: `kafka-unavailable` (away, try
 * later), `kafka-timeout` (outcome unknown), `credentials-wrong`, `not-allowed`, `resource-exists`, `resource-absent`,
 * `kafka-settings-invalid`, `kafka-refused` with Kafka's name of the error. Changes can be made twice without harm.
 */
export interface KafkaAdmin {
  describeCluster(): Promise<ClusterDescription>
  describeFeatures(): Promise<ClusterFeatures>
  activeController(): Promise<number | undefined>
  listTopicNames(prefix: string, limit?: number): Promise<readonly string[]>
  describeTopics(names: readonly string[]): Promise<readonly TopicDescription[]>
  listPartitions(prefix: string): Promise<readonly TopicPartitions[]>
  describePartitions(names: readonly string[]): Promise<readonly TopicPartitions[]>
  describeLogDirs(topics?: ReadonlyMap<string, readonly number[]>): Promise<readonly BrokerLogs[]>
  createTopic(topic: NewTopic): Promise<void>
  deleteTopics(names: readonly string[]): Promise<void>
  createPartitions(topic: string, total: number): Promise<void>
  describeConfigs(
    resource: ConfigResource,
    name: string,
    keys?: readonly string[],
    withFallback?: boolean,
  ): Promise<readonly ConfigEntry[]>
  alterConfigs(resource: ConfigResource, name: string, change: ConfigChange): Promise<void>
  describeScramCredentials(users?: readonly string[]): Promise<readonly ScramUser[]>
  upsertScramCredentials(credentials: readonly ScramCredential[]): Promise<void>
  tryCredential(credential: SaltedCredentials): Promise<CredentialTrial>
  deleteScramCredentials(
    credentials: readonly { readonly user: string; readonly mechanism: ScramMechanism }[],
  ): Promise<void>
  describeAcls(filter: AclFilter): Promise<readonly Acl[]>
  createAcls(acls: readonly Acl[]): Promise<void>
  deleteAcls(filters: readonly AclFilter[]): Promise<number>
  describeQuotas(user?: string): Promise<readonly UserQuotas[]>
  alterQuotas(user: string, change: QuotaChange): Promise<void>
  listGroups(prefix?: string): Promise<readonly ListedGroup[]>
  listGroupsThatAnswer(prefix?: string): Promise<GroupsThatAnswered>
  describeGroups(groups: readonly ListedGroup[]): Promise<readonly GroupDescription[]>
  fetchGroupOffsets(groups: readonly ListedGroup[]): Promise<ReadonlyMap<string, readonly CommittedOffset[]>>
  alterGroupOffsets(
    group: { readonly groupId: string; readonly type: string },
    offsets: readonly CommittedOffset[],
  ): Promise<void>
  deleteGroups(groupIds: readonly string[]): Promise<void>
  listTransactionalIds(prefix: string): Promise<readonly ListedTransactionalId[]>
  endTransactions(transactionalIds: readonly string[]): Promise<void>
  findLeaders(topics: readonly string[]): Promise<readonly LedPartition[]>
  listOffsets(partitions: readonly TopicPartition[], place: OffsetPlace): Promise<readonly ListedOffset[]>
  fetchRecords(request: FetchRequest): Promise<readonly FetchedPartition[]>
  /** The one change that does harm when it is made twice. */
  produce(batches: readonly BatchToProduce[]): Promise<readonly ProducedBatch[]>
  /** Ends all connections; calls on the way are rejected. */
  close(): Promise<void>
}

/** An administrator for the cluster. Connects when the first verb is called, so this neither waits nor fails for its sake. */
export function openKafkaAdmin(options: KafkaClientOptions): KafkaAdmin {
  const client = new KafkaClient(options)
  return {
    describeCluster: () => describeCluster(client),
    describeFeatures: () => describeFeatures(client),
    activeController: () => activeController(client),
    listTopicNames: (prefix, limit) => listTopicNames(client, prefix, limit),
    describeTopics: (names) => describeTopics(client, names),
    listPartitions: (prefix) => listPartitions(client, prefix),
    describePartitions: (names) => describePartitions(client, names),
    describeLogDirs: (topics) => describeLogDirs(client, topics),
    createTopic: (topic) => createTopic(client, topic),
    deleteTopics: (names) => deleteTopics(client, names),
    createPartitions: (topic, total) => createPartitions(client, topic, total),
    describeConfigs: (resource, name, keys, withFallback) => describeConfigs(client, resource, name, keys, withFallback),
    alterConfigs: (resource, name, change) => alterConfigs(client, resource, name, change),
    describeScramCredentials: (users) => describeScramCredentials(client, users),
    upsertScramCredentials: (credentials) => upsertScramCredentials(client, credentials),
    tryCredential: (credential) => tryCredential(client, credential),
    deleteScramCredentials: (credentials) => deleteScramCredentials(client, credentials),
    describeAcls: (filter) => describeAcls(client, filter),
    createAcls: (acls) => createAcls(client, acls),
    deleteAcls: (filters) => deleteAcls(client, filters),
    describeQuotas: (user) => describeQuotas(client, user),
    alterQuotas: (user, change) => alterQuotas(client, user, change),
    listGroups: (prefix) => listGroups(client, prefix),
    listGroupsThatAnswer: (prefix) => listGroupsThatAnswer(client, prefix),
    describeGroups: (groups) => describeGroups(client, groups),
    fetchGroupOffsets: (groups) => fetchGroupOffsets(client, groups),
    alterGroupOffsets: (group, offsets) => alterGroupOffsets(client, group, offsets),
    deleteGroups: (groupIds) => deleteGroups(client, groupIds),
    listTransactionalIds: (prefix) => listTransactionalIds(client, prefix),
    endTransactions: (transactionalIds) => endTransactions(client, transactionalIds),
    findLeaders: (topics) => findLeaders(client, topics),
    listOffsets: (partitions, place) => listOffsets(client, partitions, place),
    fetchRecords: (request) => fetchRecords(client, request),
    produce: (batches) => produce(client, batches),
    close: () => client.close(),
  }
}
