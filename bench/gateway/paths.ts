// SPDX-License-Identifier: Apache-2.0
/**
 * The ways to one broker that are compared: directly, through relays of bytes and through gateways, with plaintext and with TLS in. All use
 * SCRAM with the same user and the same topic; what stands between speaks plaintext to the broker. Our gateway takes TLS only.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KafkaCredentials } from '@kaas/kafka-admin'
import {
  type Certificates,
  createCertificates,
  freePorts,
  type Kafka,
  saslProperties,
  startKafka,
  temporaryDirectory,
} from '@kaas/testkit'
import { type GatewayProcess, snapshotOf, startGatewayProcess } from './gateway-process.ts'
import { type Relay, startHaproxy } from './haproxy.ts'
import type { Path } from './kafka-load.ts'
import { startKroxylicious } from './kroxylicious.ts'
import { startNginx } from './nginx.ts'
import type { Peer } from './peer.ts'
import { administratorOf, createTenantUser } from './tenant-user.ts'

const TENANT = 'bench'
const TOPIC = 'relay'
const PARTITIONS = 6
/** Bootstrap, and the brokers that Kroxylicious keeps a port for. */
const PORTS_EACH = 4

/** The peers in the order of the table. Relays of bytes need a listener of the broker that is advertised at their port. */
const PEERS = [
  { name: 'HAProxy', start: async (relay: Relay) => startHaproxy(relay), isBlind: true },
  { name: 'nginx', start: async (relay: Relay) => startNginx(relay), isBlind: true },
  { name: 'Kroxylicious', start: startKroxylicious, isBlind: false },
] as const

/** The paths, and what stops everything behind them. */
export interface Paths {
  readonly paths: readonly Path[]
  readonly kafka: Kafka
  readonly certificates: Certificates
  readonly gateway: GatewayProcess
  readonly credentials: KafkaCredentials
  /** Deletes and creates the topic, so that every round starts with an empty one. */
  resetTopic(): Promise<void>
  stop(): Promise<void>
}

/** Starts broker, peers and gateway, and makes user and topic. */
export async function startPaths(): Promise<Paths> {
  const certificates = await createCertificates()
  const { kafka, peers } = await startPeers(certificates)
  const gateway = await startGatewayProcess(snapshotOf(kafka, [{ name: TENANT }]), certificates)
  const admin = administratorOf(kafka)
  const login = await createTenantUser(admin, TENANT, true)
  const directory = temporaryDirectory('bench-clients')
  const plain = { configFile: writeProperties(directory, 'plain', saslProperties(login)) }
  const { caFile, caPem } = certificates
  const tls = { configFile: writeProperties(directory, 'tls', saslProperties({ ...login, caFile })), caPem }
  const topic = `${TENANT}.${TOPIC}`
  return {
    paths: [
      { name: 'direct, plain', port: kafka.ports[0] ?? 0, topic, ...plain, pid: undefined },
      ...peers.map(({ name, port, isTls, peer }) => {
        return { name: `${name}, ${isTls ? 'TLS in' : 'plain'}`, port, topic, ...(isTls ? tls : plain), pid: peer.pid }
      }),
      { name: 'gateway, TLS in', port: gateway.port, topic: TOPIC, ...tls, pid: gateway.pid },
    ],
    ...{ kafka, certificates, gateway, credentials: { ...login, mechanism: 'SCRAM-SHA-512' } },
    resetTopic: async () => {
      await admin.deleteTopics([topic])
      await admin.createTopic({ name: topic, partitions: PARTITIONS, configs: {} })
    },
    stop: async () => {
      for (const { peer } of peers) await peer.stop()
      await gateway.stop()
      await admin.close()
      await kafka.stop()
    },
  }
}

/** A peer that serves. */
interface Started {
  readonly name: string
  readonly port: number
  readonly isTls: boolean
  readonly peer: Peer
}

/** The broker, with a listener for each relay of bytes, and each peer twice: for plaintext and for TLS. */
async function startPeers({ certFile, keyFile }: Certificates): Promise<{ kafka: Kafka; peers: readonly Started[] }> {
  const wanted = PEERS.flatMap((peer) => [
    { ...peer, keyPair: undefined },
    { ...peer, keyPair: { certFile, keyFile } },
  ])
  const [first = 0] = await freePorts(wanted.length * (PORTS_EACH + 1))
  const places = wanted.map((peer, at) => ({
    ...peer,
    port: first + wanted.length + at * PORTS_EACH,
    listener: first + at,
  }))
  const kafka = await startBroker(places.filter(({ isBlind }) => isBlind))
  const peers: Started[] = []
  for (const { name, start, isBlind, keyPair, port, listener } of places) {
    const brokerPort = isBlind ? listener : (kafka.ports[0] ?? 0)
    const peer = await start({ port, brokerPort, ...(keyPair && { keyPair }) })
    peers.push({ name, port, isTls: keyPair !== undefined, peer })
  }
  return { kafka, peers }
}

function startBroker(blind: readonly { readonly listener: number; readonly port: number }[]): Promise<Kafka> {
  return startKafka({
    jvm: ['-Xms512m', '-Xmx1g', '-XX:TieredStopAtLevel=4'],
    extraListeners: () =>
      blind.map(({ listener, port }, at) => {
        return { name: `RELAY${at}`, port: listener, advertisedPort: port, advertisedHost: '127.0.0.1' }
      }),
  })
}

function writeProperties(directory: string, name: string, properties: Readonly<Record<string, string>>): string {
  const file = join(directory, `${name}.properties`)
  const lines = Object.entries(properties).map(([key, value]) => `${key}=${value}`)
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 })
  return file
}
