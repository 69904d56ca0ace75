// SPDX-License-Identifier: Apache-2.0
/** Clients of a gateway fixture that speak the protocol without a library, and what tests of steps ask and read with them. */
import { type KafkaConnection, openKafkaConnection } from '@kaas/kafka-admin'
import {
  type createTopics,
  type deleteTopics,
  describeAcls,
  describeConfigs,
  describeTopicPartitions,
  findCoordinator,
  type RequestInput,
  type ResponseOf,
} from '@kaas/kafka-protocol'
import { waitFor } from '@kaas/testkit'
import { type GatewayFixture, PASSWORD } from './gateway-fixture.ts'

/** A resource type of configs and ACLs. */
export const TOPIC = 2
/** Asks for every ACL. */
export const everyAcl = {
  resourceTypeFilter: 1,
  resourceNameFilter: null,
  patternTypeFilter: 1,
  principalFilter: null,
  hostFilter: null,
  operation: 1,
  permissionType: 1,
}

/** Connections to one gateway. Call `close`. */
export interface GatewayClients {
  /** At the bootstrap port, or at the one of a broker. */
  connect(username: string, nodeId?: number): Promise<KafkaConnection>
  /** To the coordinator of a group, once it answers. */
  connectToCoordinator(username: string, group: string): Promise<KafkaConnection>
  close(): Promise<void>
}

/** Clients of the fixture's users. */
export function gatewayClients(fixture: GatewayFixture): GatewayClients {
  const connections: KafkaConnection[] = []
  const connect = async (username: string, nodeId?: number): Promise<KafkaConnection> => {
    const connection = await openKafkaConnection({
      host: 'localhost',
      port: fixture.gateway.port + (nodeId === undefined ? 0 : 1 + nodeId),
      tls: { caPem: fixture.certificates.caPem },
      credentials: { username, password: PASSWORD, mechanism: 'SCRAM-SHA-512' },
      clientId: 'steps-test',
    })
    connections.push(connection)
    return connection
  }
  const connectToCoordinator = async (username: string, group: string): Promise<KafkaConnection> => {
    const client = await connect(username)
    const { coordinators } = await waitFor(
      async () => {
        const answer = await client.request(findCoordinator, { keyType: 0, coordinatorKeys: [group] })
        return answer.coordinators[0]?.errorCode === 0 && answer
      },
      { what: 'a coordinator' },
    )
    return connect(username, coordinators[0]?.nodeId)
  }
  const close = async (): Promise<void> => {
    await Promise.all(connections.map((connection) => connection.close()))
  }
  return { connect, connectToCoordinator, close }
}

/** Topics to create, by name and number of partitions. */
export function topicsRequest(topics: Readonly<Record<string, number>>): RequestInput<typeof createTopics> {
  const wanted = Object.entries(topics).map(([name, numPartitions]) => ({
    name,
    numPartitions,
    replicationFactor: 1,
    assignments: [],
    configs: [],
  }))
  return { topics: wanted, timeoutMs: 5000, validateOnly: false }
}

/** Deletes one topic by its name. */
export function deletion(name: string): RequestInput<typeof deleteTopics> {
  return { topics: [{ name, topicId: '0'.repeat(32) }], timeoutMs: 5000 }
}

/** Error codes by name. */
export function codes(
  results: readonly { readonly name: string; readonly errorCode: number }[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(results.map(({ name, errorCode }) => [name, errorCode]))
}

/** All topics that a client sees. */
export async function allTopics(client: KafkaConnection): Promise<ResponseOf<typeof describeTopicPartitions>['topics']> {
  return (await client.request(describeTopicPartitions, { topics: [] })).topics
}

/** The partitions of a topic with their leaders, once all have one. */
export async function leadersOf(client: KafkaConnection, name: string) {
  const topics = await waitFor(
    async () => {
      const found = (await allTopics(client)).filter((topic) => topic.name === name)
      return found.length > 0 && found.every(({ partitions }) => partitions.every(({ leaderId }) => leaderId >= 0)) && found
    },
    { what: 'leaders' },
  )
  return topics.flatMap(({ topicId, partitions }) =>
    partitions.map(({ partitionIndex, leaderId }) => ({ topicId, partition: partitionIndex, leaderId })),
  )
}

/** `retention.ms` of a topic. */
export async function retentionOf(client: KafkaConnection, resourceName: string): Promise<string | null | undefined> {
  const resources = [{ resourceType: TOPIC, resourceName, configurationKeys: ['retention.ms'] }]
  const { results } = await client.request(describeConfigs, { resources, includeSynonyms: false })
  return results[0]?.configs[0]?.value
}

/** Every ACL that a client sees: resource, pattern and principal. */
export async function aclRows(client: KafkaConnection): Promise<readonly string[]> {
  const { resources } = await client.request(describeAcls, everyAcl)
  const patterns = ['', '', '', 'LITERAL', 'PREFIXED']
  return resources.flatMap(({ resourceName, patternType, acls }) =>
    acls.map(({ principal }) => `${resourceName} ${patterns[patternType]} ${principal}`),
  )
}

/** A batch that a broker looks at only after it knows that it leads the partition. */
export function emptyBatch(): Buffer {
  const batch = Buffer.alloc(61)
  batch.writeInt32BE(49, 8)
  batch[16] = 2
  return batch
}
