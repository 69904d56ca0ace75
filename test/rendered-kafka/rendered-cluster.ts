// SPDX-License-Identifier: Apache-2.0
/**
 * A rendered tenant as real Kafka processes: every node that the pools order, with configuration from the rendered objects,
 * certificates of two authorities as Strimzi has them, and one for the listeners outside as cert-manager makes it.
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CertificateAuthority, createAuthority, issueCertificate, type KeyPair } from '@kaas/certificates'
import { Broker, freePorts, runJavaTool } from '@kaas/kafka-engine'
import type { KubernetesObject } from '@kaas/planner'
import { temporaryDirectory } from '@kaas/testkit'
import {
  type ClusterFiles,
  CONTROL_PLANE,
  listenersOf,
  nodesOf,
  propertiesOf,
  REPLICATION,
  type RenderedListener,
  type RenderedNode,
} from './strimzi-stand-in.ts'

/** The running cluster. `stop` ends every process. */
export interface RenderedCluster {
  readonly nodes: readonly RenderedNode[]
  readonly listeners: readonly RenderedListener[]
  /** The authority that signs users; that of brokers is what operators trust, that of the outside what clients trust. */
  readonly clientsAuthority: CertificateAuthority
  readonly clusterAuthority: CertificateAuthority
  readonly externalAuthority: CertificateAuthority
  portOf(nodeId: number, listener: string): number
  broker(nodeId: number): Broker
  /** Starts the nodes that these objects order and that do not run yet, and leaves the others as they are. */
  grow(objects: readonly KubernetesObject[]): Promise<readonly RenderedNode[]>
  stop(): Promise<void>
}

const SMALL_HEAP = ['-Xms64m', '-Xmx256m']

/** Starts the cluster of the objects; resolves when every node serves. */
export async function startRenderedCluster(objects: readonly KubernetesObject[]): Promise<RenderedCluster> {
  const folder = temporaryDirectory('rendered-kafka')
  const authorities = await authoritiesFor()
  const ports = new Map<string, number>()
  const portOf = (nodeId: number, listener: string) => found(ports, `${nodeId} ${listener}`)
  const files = { ...(await filesFor(folder, objects, authorities)), portOf }
  const clusterId = randomBytes(16).toString('base64url').replace(/^-/, 'A')
  const nodes: RenderedNode[] = []
  const processes = new Map<number, Broker>()
  const listeners = listenersOf(one(objects, 'Kafka'))
  const grow = async (ordered: readonly KubernetesObject[]) => {
    const kafka = one(ordered, 'Kafka')
    const pools = ordered.filter(({ kind }) => kind === 'KafkaNodePool')
    const added = nodesOf(pools, folder).filter(({ nodeId }) => !processes.has(nodeId))
    nodes.push(...added)
    for (const [key, port] of await portsFor(added, listeners)) ports.set(key, port)
    const started = added.map((node) => processFor(folder, node, propertiesOf(kafka, node, nodes, files), files))
    for (const each of started) processes.set(each.nodeId, each)
    const { metadataVersion } = (kafka.spec as { kafka: { metadataVersion: string } }).kafka
    for (const each of started) await format(each, clusterId, metadataVersion)
    await Promise.all(started.map((each) => each.start()))
    return added
  }
  const ofRole = (wanted: string) =>
    nodes.filter(({ role }) => role === wanted).map(({ nodeId }) => found(processes, nodeId))
  const stop = async () => {
    for (const role of ['broker', 'controller']) await Promise.all(ofRole(role).map((each) => each.stop()))
  }
  try {
    await grow(objects)
  } catch (error) {
    await Promise.all([...processes.values()].map((each) => each.kill()))
    throw error
  }
  return { nodes, listeners, ...authorities, portOf, broker: (nodeId) => found(processes, nodeId), grow, stop }
}

function one(objects: readonly KubernetesObject[], kind: string): KubernetesObject {
  const object = objects.find((each) => each.kind === kind)
  if (object === undefined) throw new Error(`No ${kind} was rendered.`)
  return object
}

async function authoritiesFor() {
  const [clusterAuthority, clientsAuthority, externalAuthority] = await Promise.all([
    createAuthority('cluster-ca'),
    createAuthority('clients-ca'),
    createAuthority('issuer of the platform'),
  ])
  return { clusterAuthority, clientsAuthority, externalAuthority }
}

async function portsFor(nodes: readonly RenderedNode[], listeners: readonly RenderedListener[]) {
  const keys = nodes.flatMap(({ nodeId, role }) =>
    (role === 'controller' ? [CONTROL_PLANE] : [REPLICATION, ...listeners.map(({ name }) => name)]).map(
      (name) => `${nodeId} ${name}`,
    ),
  )
  const free = await freePorts(keys.length)
  return keys.map((key, index) => [key, free[index] as number] as const)
}

async function filesFor(
  folder: string,
  objects: readonly KubernetesObject[],
  authorities: Awaited<ReturnType<typeof authoritiesFor>>,
): Promise<Omit<ClusterFiles, 'portOf'>> {
  const { clusterAuthority, clientsAuthority, externalAuthority } = authorities
  const save = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const [tenant, names] = [one(objects, 'Kafka').metadata?.name, one(objects, 'Certificate').spec as { dnsNames: [string] }]
  const node = await issueCertificate(clusterAuthority, {
    names: [`${tenant}-kafka`, '127.0.0.1', 'localhost'],
    organization: 'io.strimzi',
  })
  const outside = await issueCertificate(externalAuthority, { names: names.dnsNames })
  const chain = ({ keyPem, certificatePem }: KeyPair, { certificatePem: authority }: CertificateAuthority) =>
    keyPem + certificatePem + authority
  return {
    clusterKeystore: save('cluster.pem', chain(node, clusterAuthority)),
    clusterTruststore: save('cluster-ca.pem', clusterAuthority.certificatePem),
    clientsTruststore: save('clients-ca.pem', clientsAuthority.certificatePem),
    externalKeystore: save('external.pem', chain(outside, externalAuthority)),
  }
}

function processFor(folder: string, node: RenderedNode, properties: string, files: ClusterFiles): Broker {
  const propertiesFile = join(folder, `node-${node.nodeId}.properties`)
  writeFileSync(propertiesFile, properties, { mode: 0o600 })
  for (const each of node.folders) mkdirSync(each, { recursive: true })
  return new Broker({
    nodeId: node.nodeId,
    port: files.portOf(node.nodeId, node.role === 'controller' ? CONTROL_PLANE : REPLICATION),
    propertiesFile,
    dataDirectory: node.folders[0] ?? folder,
    logFile: join(folder, `node-${node.nodeId}.log`),
    jvm: SMALL_HEAP,
    startTimeoutMs: 120_000,
    onParentDeath: 'KILL',
    onCrash: (reason) => process.stderr.write(`node ${node.nodeId} of the rendered Kafka ended: ${reason}\n`),
  })
}

/** As an operator does: the same identity for all nodes, metadata of the rendered version. */
async function format({ settings }: Broker, clusterId: string, metadataVersion: string): Promise<void> {
  const args = ['format', '--cluster-id', clusterId, '--config', settings.propertiesFile]
  await runJavaTool('kafka.tools.StorageTool', [...args, '--release-version', metadataVersion], { timeoutMs: 60_000 })
}

function found<K extends string | number, V>(values: ReadonlyMap<K, V>, key: K): V {
  const value = values.get(key)
  if (value === undefined) throw new Error(`The rendered Kafka has no ${key}.`)
  return value
}
