// SPDX-License-Identifier: Apache-2.0
/** The server properties of one broker, as a pure function of what the cluster looks like. */

/** Where one broker listens, all on `host`. `controllerPort` is absent on a broker that is no controller. */
export interface BrokerAddress {
  readonly nodeId: number
  readonly host: string
  readonly port: number
  readonly advertisedHost: string
  readonly advertisedPort: number
  readonly controllerPort?: number
  readonly extraListeners: readonly ExtraListener[]
}

/** One more listener of the same kind, for a relay before the broker that rewrites no addresses. */
export interface ExtraListener {
  /** Upper-case letters; also the name in `listeners`. */
  readonly name: string
  readonly port: number
  readonly advertisedHost: string
  readonly advertisedPort: number
}

/** The super user that exists from the first start. */
export interface KafkaAdmin {
  readonly username: string
  readonly password: string
}

/** What all brokers of one cluster agree on. */
export interface ClusterShape {
  readonly brokers: readonly BrokerAddress[]
  readonly admin: KafkaAdmin
  /** The key of delegation tokens (KIP-48); the same on all brokers. */
  readonly delegationTokenSecret: string
  /** Users that may also log in by SASL PLAIN; physical names and passwords. Empty: PLAIN is not offered. */
  readonly plainUsers: Readonly<Record<string, string>>
  /** Properties that win over all others. */
  readonly properties: Readonly<Record<string, string>>
}

const SCRAM_MODULE = 'org.apache.kafka.common.security.scram.ScramLoginModule required'
const PLAIN_MODULE = 'org.apache.kafka.common.security.plain.PlainLoginModule required'

/**
 * The content of `server.properties` for one broker: SCRAM over plaintext on loopback, Kafka's own authorizer, nothing
 * allowed without an ACL. ANONYMOUS is a super user only because the controller listener is plaintext on loopback.
 */
export function brokerProperties(broker: BrokerAddress, cluster: ClusterShape, dataDirectory: string): string {
  const properties = {
    ...roleProperties(broker, cluster.brokers),
    ...securityProperties(cluster),
    ...Object.assign({}, ...listenerNames(broker).map((name) => loginProperties(name, cluster))),
    ...replicationProperties(Math.min(cluster.brokers.length, 3)),
    'log.dirs': dataDirectory,
    'group.initial.rebalance.delay.ms': '0',
    'group.coordinator.append.linger.ms': '0',
    'offsets.topic.num.partitions': '4',
    'transaction.state.log.num.partitions': '4',
    'share.coordinator.state.topic.num.partitions': '4',
    'num.network.threads': '2',
    'num.io.threads': '4',
    'log.cleaner.dedupe.buffer.size': '16777216',
    // A broker that was killed may register again only when its old session has ended.
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    ...cluster.properties,
  }
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`
}

function roleProperties(broker: BrokerAddress, brokers: readonly BrokerAddress[]): Record<string, string> {
  const voters = brokers.filter((each) => each.controllerPort !== undefined)
  const { host, advertisedHost, advertisedPort, port } = broker
  const clients = [{ name: 'SASL_PLAINTEXT', port, advertisedHost, advertisedPort }, ...broker.extraListeners]
  const listeners = clients.map((each) => `${each.name}://${host}:${each.port}`)
  const isController = broker.controllerPort !== undefined
  return {
    'process.roles': isController ? 'broker,controller' : 'broker',
    'node.id': String(broker.nodeId),
    'controller.quorum.voters': voters.map((each) => `${each.nodeId}@${each.host}:${each.controllerPort}`).join(','),
    'controller.listener.names': 'CONTROLLER',
    listeners: [...listeners, ...(isController ? [`CONTROLLER://${host}:${broker.controllerPort}`] : [])].join(','),
    'advertised.listeners': clients.map((each) => `${each.name}://${each.advertisedHost}:${each.advertisedPort}`).join(','),
    'listener.security.protocol.map': `CONTROLLER:PLAINTEXT,${clients.map((each) => `${each.name}:SASL_PLAINTEXT`).join(',')}`,
    'inter.broker.listener.name': 'SASL_PLAINTEXT',
  }
}

function securityProperties(cluster: ClusterShape): Record<string, string> {
  const plain = Object.keys(cluster.plainUsers).length > 0
  return {
    'sasl.enabled.mechanisms': plain ? 'SCRAM-SHA-512,SCRAM-SHA-256,PLAIN' : 'SCRAM-SHA-512,SCRAM-SHA-256',
    'sasl.mechanism.inter.broker.protocol': 'SCRAM-SHA-512',
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': `User:${cluster.admin.username};User:ANONYMOUS`,
    'allow.everyone.if.no.acl.found': 'false',
    'delegation.token.secret.key': cluster.delegationTokenSecret,
  }
}

function listenerNames(broker: BrokerAddress): readonly string[] {
  return ['SASL_PLAINTEXT', ...broker.extraListeners.map((each) => each.name)]
}

function loginProperties(listenerName: string, cluster: ClusterShape): Record<string, string> {
  const { username, password } = cluster.admin
  const listener = `listener.name.${listenerName.toLowerCase()}`
  const users = Object.entries(cluster.plainUsers).map(([user, secret]) => `user_${user}="${secret}"`)
  return {
    [`${listener}.scram-sha-512.sasl.jaas.config`]: `${SCRAM_MODULE} username="${username}" password="${password}";`,
    [`${listener}.scram-sha-256.sasl.jaas.config`]: `${SCRAM_MODULE};`,
    ...(users.length > 0 && { [`${listener}.plain.sasl.jaas.config`]: `${PLAIN_MODULE} ${users.join(' ')};` }),
  }
}

function replicationProperties(factor: number): Record<string, string> {
  const minimum = String(Math.max(1, factor - 1))
  return {
    'default.replication.factor': String(factor),
    'min.insync.replicas': minimum,
    'offsets.topic.replication.factor': String(factor),
    'transaction.state.log.replication.factor': String(factor),
    'transaction.state.log.min.isr': minimum,
    'share.coordinator.state.topic.replication.factor': String(factor),
    'share.coordinator.state.topic.min.isr': minimum,
  }
}
