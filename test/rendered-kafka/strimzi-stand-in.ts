// SPDX-License-Identifier: Apache-2.0
/**
 * Stands in for the part of Strimzi's cluster operator that turns Kafka and KafkaNodePool into the configuration of each node.
 * Its template is not available as a package; this file writes what its documentation says: listeners by name and port,
 * a control plane and a replication listener with certificates, the authorizer, zones, one folder per volume, and
 * `spec.kafka.config` word for word. Not done here: sizes of memory (nodes get small heaps), quotas of Strimzi's own plugin,
 * metrics, and hosts inside Kubernetes (nodes, and who comes from inside, find them on loopback).
 */
import { join } from 'node:path'
import type { KubernetesObject } from '@kaas/planner'

/** One node as the pools order it. */
export interface RenderedNode {
  readonly nodeId: number
  readonly role: 'broker' | 'controller'
  readonly zone: string | undefined
  /** Folders for data, one per volume. */
  readonly folders: readonly string[]
}

/** A listener of the Kafka object; `host` is what brokers announce, with their number in it. */
export interface RenderedListener {
  /** As Strimzi names it in server properties: `EXTERNAL-9094`. */
  readonly name: string
  readonly port: number
  readonly isExternal: boolean
  readonly login: 'tls' | 'scram-sha-512'
  readonly hostOf: (nodeId: number) => string
  readonly bootstrapHost: string | undefined
  readonly maxConnections: number
}

/** What the nodes of one cluster agree on. */
export interface ClusterFiles {
  /** PEM files: key and chain of a node, and the authorities that it trusts. */
  readonly clusterKeystore: string
  readonly clusterTruststore: string
  readonly clientsTruststore: string
  readonly externalKeystore: string
  /** Loopback port by node and listener name. */
  portOf(nodeId: number, listener: string): number
}

/** Names of the listeners that every Kafka of Strimzi has. */
export const CONTROL_PLANE = 'CONTROLPLANE-9090'
export const REPLICATION = 'REPLICATION-9091'

interface PoolSpec {
  readonly roles: readonly ('broker' | 'controller')[]
  readonly replicas: number
  readonly storage: { readonly volumes: readonly { readonly id: number }[] }
  readonly template: { readonly kafkaContainer: { readonly env?: readonly { name: string; value: string }[] } }
}

interface KafkaSpec {
  readonly kafka: { readonly config: Readonly<Record<string, unknown>>; readonly listeners: readonly ListenerSpec[] }
}

interface ListenerSpec {
  readonly name: string
  readonly port: number
  readonly type: string
  readonly authentication: { readonly type: 'tls' | 'scram-sha-512' }
  readonly configuration: {
    readonly maxConnections: number
    readonly hostTemplate?: string
    readonly bootstrap?: { readonly host: string }
  }
}

/** Nodes in the order of the pools, numbered from the range that each pool asks for. */
export function nodesOf(pools: readonly KubernetesObject[], folder: string): readonly RenderedNode[] {
  return pools.flatMap((pool) => {
    const first = Number(/^\[(\d+)-/.exec(pool.metadata?.annotations?.['strimzi.io/next-node-ids'] ?? '')?.[1])
    const { replicas, roles, storage, template } = pool.spec as PoolSpec
    const role = roles[0] === 'controller' ? 'controller' : 'broker'
    const zone = template.kafkaContainer.env?.find(({ name }) => name === 'KAAS_ZONE')?.value
    return Array.from({ length: replicas }, (_, index) => {
      const nodeId = first + index
      const folders = storage.volumes.map(({ id }) => join(folder, `node-${nodeId}-volume-${id}`))
      return { nodeId, role, zone, folders } as const
    })
  })
}

/** The listeners of the Kafka object. */
export function listenersOf(kafka: KubernetesObject): readonly RenderedListener[] {
  return (kafka.spec as KafkaSpec).kafka.listeners.map(({ name, port, type, authentication, configuration }) => ({
    name: `${name}-${port}`.toUpperCase(),
    port,
    isExternal: type !== 'internal',
    login: authentication.type,
    hostOf: (nodeId) =>
      (configuration.hostTemplate ?? `node-{nodeId}.${kafka.metadata?.namespace}.svc`).replace('{nodeId}', `${nodeId}`),
    bootstrapHost: configuration.bootstrap?.host,
    maxConnections: configuration.maxConnections,
  }))
}

/** The text of `server.properties` of one node. */
export function propertiesOf(
  kafka: KubernetesObject,
  node: RenderedNode,
  nodes: readonly RenderedNode[],
  files: ClusterFiles,
): string {
  const properties: Readonly<Record<string, unknown>> = {
    'node.id': node.nodeId,
    'process.roles': node.role,
    'log.dirs': node.folders.join(','),
    'controller.listener.names': CONTROL_PLANE,
    'controller.quorum.voters': nodes
      .filter(({ role }) => role === 'controller')
      .map(({ nodeId }) => `${nodeId}@127.0.0.1:${files.portOf(nodeId, CONTROL_PLANE)}`)
      .join(','),
    'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
    'super.users': superUsers(kafka).join(';'),
    ...storesOf(CONTROL_PLANE, files.clusterKeystore, files.clusterTruststore),
    ...storesOf(REPLICATION, files.clusterKeystore, files.clusterTruststore),
    ...(node.role === 'controller' ? controllerListeners(node, files) : brokerListeners(kafka, node, files)),
    ...(kafka.spec as KafkaSpec).kafka.config,
  }
  return `${Object.entries(properties)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n')}\n`
}

/** The platform's own clients, by the subject of their certificates. */
export function superUsers(kafka: KubernetesObject): readonly string[] {
  const own = ['kafka', 'entity-topic-operator', 'entity-user-operator', 'kafka-exporter', 'cruise-control']
  return own.map((name) => `User:CN=${kafka.metadata?.name}-${name},O=io.strimzi`)
}

function controllerListeners({ nodeId }: RenderedNode, files: ClusterFiles) {
  return {
    listeners: `${CONTROL_PLANE}://127.0.0.1:${files.portOf(nodeId, CONTROL_PLANE)}`,
    'listener.security.protocol.map': `${CONTROL_PLANE}:SSL,${REPLICATION}:SSL`,
    'inter.broker.listener.name': REPLICATION,
  }
}

function brokerListeners(kafka: KubernetesObject, { nodeId, zone }: RenderedNode, files: ClusterFiles) {
  const listeners = listenersOf(kafka)
  const names = [REPLICATION, ...listeners.map(({ name }) => name)]
  const replication = `${REPLICATION}://127.0.0.1:${files.portOf(nodeId, REPLICATION)}`
  // Outside, the Gateway that routes by name listens on 443; inside, clients come to the port itself.
  const placeOf = (each: RenderedListener) =>
    each.isExternal ? `${each.hostOf(nodeId)}:443` : `127.0.0.1:${files.portOf(nodeId, each.name)}`
  const advertised = listeners.map((each) => `${each.name}://${placeOf(each)}`)
  const protocols = listeners.map(({ name, login }) => `${name}:${login === 'tls' ? 'SSL' : 'SASL_SSL'}`)
  return {
    listeners: names.map((name) => `${name}://127.0.0.1:${files.portOf(nodeId, name)}`).join(','),
    'advertised.listeners': [replication, ...advertised].join(','),
    'listener.security.protocol.map': [`${CONTROL_PLANE}:SSL`, `${REPLICATION}:SSL`, ...protocols].join(','),
    'inter.broker.listener.name': REPLICATION,
    ...(zone === undefined ? {} : { 'broker.rack': zone }),
    ...Object.assign({}, ...listeners.map((each) => clientListener(each, files))),
  }
}

function clientListener({ name, isExternal, login, maxConnections }: RenderedListener, files: ClusterFiles) {
  const keystore = isExternal ? files.externalKeystore : files.clusterKeystore
  const prefix = `listener.name.${name.toLowerCase()}`
  const limits = { [`${prefix}.max.connections`]: maxConnections }
  if (login === 'tls') return { ...storesOf(name, keystore, files.clientsTruststore), ...limits }
  return {
    [`${prefix}.ssl.keystore.type`]: 'PEM',
    [`${prefix}.ssl.keystore.location`]: keystore,
    [`${prefix}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512',
    [`${prefix}.scram-sha-512.sasl.jaas.config`]: 'org.apache.kafka.common.security.scram.ScramLoginModule required;',
    ...limits,
  }
}

function storesOf(name: string, keystore: string, truststore: string) {
  const prefix = `listener.name.${name.toLowerCase()}`
  return {
    [`${prefix}.ssl.keystore.type`]: 'PEM',
    [`${prefix}.ssl.keystore.location`]: keystore,
    [`${prefix}.ssl.truststore.type`]: 'PEM',
    [`${prefix}.ssl.truststore.location`]: truststore,
    [`${prefix}.ssl.client.auth`]: 'required',
  }
}
