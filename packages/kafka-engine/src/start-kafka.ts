// SPDX-License-Identifier: Apache-2.0
/**
 * A Kafka cluster of one or more processes on this machine: KRaft, SCRAM, Kafka's own authorizer, loopback. Local mode and
 * all tests start Kafka here and nowhere else.
 */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Broker } from './broker.ts'
import {
  type BrokerAddress,
  brokerProperties,
  type ClusterShape,
  type ExtraListener,
  type KafkaAdmin,
} from './broker-properties.ts'
import { type ClassArchives, resolveClassArchives } from './class-archives.ts'
import { formatStorage } from './format-storage.ts'
import { freePorts } from './free-ports.ts'
import { resolveJars } from './jars.ts'

/** How a cluster looks. Only `dataDirectory` and `admin` have no default. */
export interface KafkaOptions {
  /** Holds data, properties and the cluster's identity; kept at the end, so that the cluster can be started again on it. */
  readonly dataDirectory: string
  readonly admin: KafkaAdmin
  /** Number of brokers, 1 to 9; node ids count from 0. The first is the controller, from three brokers on the first three. */
  readonly brokers?: number
  /** Loopback unless told. */
  readonly host?: string
  /** One client port per broker; free ones when absent. */
  readonly ports?: readonly number[]
  /** One port per controller; free ones when absent. */
  readonly controllerPorts?: readonly number[]
  /** What brokers tell clients, for a relay before them; their own address when absent. */
  readonly advertised?: (nodeId: number, port: number) => { readonly host: string; readonly port: number }
  /** More listeners of a broker, each for one relay. */
  readonly extraListeners?: (nodeId: number) => readonly ExtraListener[]
  /** Users that may log in by PLAIN as well, for clients that cannot do SCRAM; physical names. */
  readonly plainUsers?: Readonly<Record<string, string>>
  /** Server properties that win over ours. */
  readonly properties?: Readonly<Record<string, string>>
  /** Another Kafka than the usual one, such as `OLDEST_KAFKA`. It starts without class archives: 2 s longer. */
  readonly version?: string
  /** Heap and collector; a small heap when absent. */
  readonly jvm?: readonly string[]
  readonly logDirectory?: string
  readonly startTimeoutMs?: number
  readonly onParentDeath?: 'TERM' | 'KILL'
  /** A broker ended by itself or by a foreign signal. */
  readonly onCrash?: (broker: Broker, reason: string) => void
  /** Told about work that happens once per machine. */
  readonly onProgress?: (line: string) => void
}

/** A running cluster. `kill`, `restart` and `pid` speak of broker 0; `brokers` has each. */
export interface Kafka {
  readonly bootstrapServers: string
  readonly host: string
  readonly ports: readonly number[]
  readonly admin: KafkaAdmin
  /** A file, readable by its owner, with the administrator's password and nothing else. */
  readonly adminPasswordFile: string
  readonly dataDirectory: string
  readonly brokers: readonly Broker[]
  readonly pid: number | undefined
  /** Stops all brokers in order; data stays. */
  stop(): Promise<void>
  kill(signal?: NodeJS.Signals): Promise<void>
  /** Starts broker 0 again on the same port and data; stops it first when it runs. */
  restart(): Promise<void>
}

const NO_ARCHIVES: ClassArchives = { format: [], broker: [] }
const SMALL_HEAP = ['-Xms64m', '-Xmx320m']

/**
 * Starts a cluster and resolves when every broker serves. Throws `tool-missing` without Java or Maven and
 * `kafka-unavailable`, with what the broker says, when it cannot start; nothing is left running then.
 */
export async function startKafka(options: KafkaOptions): Promise<Kafka> {
  const { version } = options
  const archives = version === undefined ? await resolveClassArchives(options.onProgress ?? (() => {})) : NO_ARCHIVES
  await resolveJars(options.onProgress ?? (() => {}), version)
  const shape = await shapeFor(options)
  const identity = loadIdentity(options.dataDirectory)
  const cluster: ClusterShape = { ...shape, delegationTokenSecret: identity.delegationTokenSecret }
  const brokers = cluster.brokers.map((address) => brokerFor(address, cluster, options, archives.broker))
  try {
    await Promise.all(
      brokers.map(async (broker) => {
        const { propertiesFile, dataDirectory } = broker.settings
        await formatStorage({
          ...identity,
          propertiesFile,
          dataDirectory,
          admin: options.admin,
          jvm: archives.format,
          version,
        })
        await broker.start()
      }),
    )
  } catch (error) {
    await Promise.all(brokers.map((broker) => broker.kill()))
    throw error
  }
  return handleOf(brokers, cluster, options)
}

async function shapeFor(options: KafkaOptions): Promise<Omit<ClusterShape, 'delegationTokenSecret'>> {
  const count = options.brokers ?? 1
  const controllers = count < 3 ? 1 : 3
  const free = options.ports && options.controllerPorts ? [] : await freePorts(count + controllers)
  const host = options.host ?? '127.0.0.1'
  const brokers = Array.from({ length: count }, (_, nodeId): BrokerAddress => {
    const port = options.ports?.[nodeId] ?? (free[nodeId] as number)
    const advertised = options.advertised?.(nodeId, port) ?? { host, port }
    const controllerPort = options.controllerPorts?.[nodeId] ?? (free[count + nodeId] as number)
    return {
      ...{ nodeId, host, port, advertisedHost: advertised.host, advertisedPort: advertised.port },
      ...(nodeId < controllers && { controllerPort }),
      extraListeners: options.extraListeners?.(nodeId) ?? [],
    }
  })
  return { brokers, admin: options.admin, plainUsers: options.plainUsers ?? {}, properties: options.properties ?? {} }
}

interface Identity {
  readonly clusterId: string
  readonly delegationTokenSecret: string
}

function loadIdentity(dataDirectory: string): Identity {
  const file = join(dataDirectory, 'identity.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Identity
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  const identity = { clusterId: randomClusterId(), delegationTokenSecret: randomBytes(32).toString('hex') }
  writeFileSync(file, JSON.stringify(identity), { mode: 0o600 })
  return identity
}

/** Kafka's ids are UUIDs in base64url; one that begins with a dash would read as an option. */
function randomClusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? randomClusterId() : id
}

function brokerFor(
  address: BrokerAddress,
  cluster: ClusterShape,
  options: KafkaOptions,
  archive: readonly string[],
): Broker {
  const { nodeId, port } = address
  const dataDirectory = join(options.dataDirectory, `broker-${nodeId}`)
  const propertiesFile = join(options.dataDirectory, `broker-${nodeId}.properties`)
  writeFileSync(propertiesFile, brokerProperties(address, cluster, dataDirectory), { mode: 0o600 })
  const broker: Broker = new Broker({
    ...{ nodeId, port, propertiesFile, dataDirectory, version: options.version },
    logFile: join(options.logDirectory ?? options.dataDirectory, `kafka-${nodeId}.log`),
    jvm: [...(options.jvm ?? SMALL_HEAP), ...archive],
    startTimeoutMs: options.startTimeoutMs ?? 60_000,
    onParentDeath: options.onParentDeath ?? 'KILL',
    onCrash: (reason) => options.onCrash?.(broker, reason),
  })
  return broker
}

function handleOf(brokers: readonly Broker[], cluster: ClusterShape, options: KafkaOptions): Kafka {
  const first = brokers[0] as Broker
  return {
    bootstrapServers: cluster.brokers.map((each) => `${each.advertisedHost}:${each.advertisedPort}`).join(','),
    host: options.host ?? '127.0.0.1',
    ports: cluster.brokers.map((each) => each.port),
    admin: options.admin,
    adminPasswordFile: savePassword(options),
    dataDirectory: options.dataDirectory,
    brokers,
    get pid() {
      return first.pid
    },
    stop: () => stopAll(brokers, cluster),
    kill: (signal) => first.kill(signal),
    restart: async () => {
      await first.stop()
      await first.start()
    },
  }
}

function savePassword(options: KafkaOptions): string {
  const file = join(options.dataDirectory, 'admin-password')
  writeFileSync(file, options.admin.password, { mode: 0o600 })
  return file
}

/** Controllers last: a broker that leaves in order tells the controller. */
async function stopAll(brokers: readonly Broker[], cluster: ClusterShape): Promise<void> {
  const isController = (broker: Broker) => cluster.brokers[broker.nodeId]?.controllerPort !== undefined
  await Promise.all(brokers.filter((broker) => !isController(broker)).map((broker) => broker.stop()))
  await Promise.all(brokers.filter(isController).map((broker) => broker.stop()))
}
