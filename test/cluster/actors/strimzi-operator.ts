// SPDX-License-Identifier: Apache-2.0
/**
 * Plays Strimzi's operators, which are not released as a package: the status and the Secrets that they write, their finalizer on
 * topics, and that topics and users are only looked after while their Kafka is there. It starts no broker, no pod and no volume,
 * and of what Strimzi checks itself only that pools exist and that topics never lose partitions.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Credentials } from '../lane/credentials.ts'
import type { KubeApi, KubeObject } from '../lane/kube-api.ts'
import { condition, isObserved, ownedBy, startActor } from './actor.ts'

const API = 'kafka.strimzi.io/v1'
const FINALIZER = 'strimzi.io/topic-operator'
const OPERATOR_VERSION = '1.2.0'

interface Listener {
  readonly name: string
  readonly port: number
  readonly type: string
  readonly configuration?: { readonly bootstrap?: { readonly host?: string; readonly alternativeNames?: readonly string[] } }
}

interface PoolSpec {
  readonly replicas: number
  readonly roles: readonly string[]
}

interface UserSpec {
  readonly authentication?: { readonly type: string }
}

/** Entries of a Secret before they are encoded. */
type SecretContent = Readonly<Record<string, string | Buffer>>

/** Which of Strimzi's duties are not done, to see what others make of it. */
export interface Faults {
  /** Kafkas (names) that never become ready, with the message of their condition. */
  readonly notReady?: ReadonlyMap<string, string>
}

/** Plays the operators of one cluster until the result is called. `folder` is for authorities of the Kafkas. */
export function playStrimzi(api: KubeApi, folder: string, faults: Faults = {}): () => Promise<void> {
  const authorities = new Map<string, Promise<Credentials>>()
  const authorityOf = (namespace: string, name: string): Promise<Credentials> => {
    const key = `${namespace}.${name}`
    const made = authorities.get(key) ?? Credentials.create(join(folder, key))
    authorities.set(key, made)
    return made
  }
  return startActor(api, [
    { apiVersion: API, kind: 'Kafka', play: playKafka },
    { apiVersion: API, kind: 'KafkaNodePool', play: playPool },
    { apiVersion: API, kind: 'KafkaTopic', play: playTopic },
    { apiVersion: API, kind: 'KafkaUser', play: playUser },
  ])

  async function playKafka(kafka: KubeObject, gone: boolean): Promise<void> {
    if (gone || kafka.metadata.deletionTimestamp !== undefined || (isObserved(kafka) && !lacksPools(kafka))) return
    const { name, namespace = '' } = kafka.metadata
    const pools = await api.list({ apiVersion: API, kind: 'KafkaNodePool' }, namespace, `strimzi.io/cluster=${name}`)
    const refusal =
      faults.notReady?.get(name) ?? (pools.length === 0 ? `No KafkaNodePools found for Kafka cluster ${name}` : undefined)
    const observedGeneration = kafka.metadata.generation
    if (refusal !== undefined) {
      const conditions = [condition('NotReady', 'True', 'InvalidResourceException', refusal)]
      await api.patch(kafka, { status: { conditions, observedGeneration } }, 'status')
      if (pools.length === 0) throw new Error('Pools may come later.')
      return
    }
    const ca = readFileSync((await authorityOf(namespace, `${name}-cluster`)).path('ca.crt'), 'utf8')
    const clientsCa = readFileSync((await authorityOf(namespace, `${name}-clients`)).path('ca.crt'), 'utf8')
    await applySecret(kafka, `${name}-cluster-ca-cert`, { 'ca.crt': ca })
    await applySecret(kafka, `${name}-clients-ca-cert`, { 'ca.crt': clientsCa })
    await playPools(pools)
    const spec = kafka.spec as {
      readonly kafka: {
        readonly version?: string
        readonly metadataVersion?: string
        readonly listeners: readonly Listener[]
      }
    }
    const status = {
      conditions: [condition('Ready', 'True')],
      observedGeneration,
      listeners: spec.kafka.listeners.map((listener) => listenerStatus(name, namespace, listener, ca)),
      kafkaVersion: spec.kafka.version,
      kafkaMetadataVersion: spec.kafka.metadataVersion,
      operatorLastSuccessfulVersion: OPERATOR_VERSION,
      clusterId: 'lane-cluster-id-0000000',
      kafkaNodePools: pools.map(({ metadata }) => ({ name: metadata.name })),
    }
    await api.patch(kafka, { status }, 'status')
  }

  /** A pool that comes after its Kafka was looked at. */
  async function playPool(pool: KubeObject, gone: boolean): Promise<void> {
    if (gone || isObserved(pool)) return
    const { namespace = '', labels } = pool.metadata
    const name = labels?.['strimzi.io/cluster'] ?? ''
    const kafka = await api.get({ apiVersion: API, kind: 'Kafka' }, name, namespace)
    if (kafka === undefined || !isObserved(kafka)) return
    await playPools(await api.list({ apiVersion: API, kind: 'KafkaNodePool' }, namespace, `strimzi.io/cluster=${name}`))
  }

  /** Pools get no condition, as in reality: only their Kafka says whether all is well. */
  async function playPools(pools: readonly KubeObject[]): Promise<void> {
    let nextId = 0
    for (const pool of pools) {
      const { replicas, roles } = pool.spec as PoolSpec
      const nodeIds = Array.from({ length: replicas }, () => nextId++)
      const labelSelector = `strimzi.io/pool-name=${pool.metadata.name}`
      const status = { observedGeneration: pool.metadata.generation, nodeIds, roles, replicas, labelSelector }
      await api.patch(pool, { status }, 'status')
    }
  }

  async function playTopic(topic: KubeObject, gone: boolean): Promise<void> {
    if (gone || !(await hasOperator(topic))) return
    const finalizers = topic.metadata.finalizers ?? []
    if (topic.metadata.deletionTimestamp !== undefined) {
      await api.patch(topic, { metadata: { finalizers: finalizers.filter((each) => each !== FINALIZER) } })
      return
    }
    if (!finalizers.includes(FINALIZER)) await api.patch(topic, { metadata: { finalizers: [...finalizers, FINALIZER] } })
    if (isObserved(topic)) return
    const spec = topic.spec as { readonly topicName?: string; readonly partitions?: number }
    const before = topic.metadata.annotations?.['lane.test/partitions']
    const isSmaller = before !== undefined && Number(before) > (spec.partitions ?? 1)
    const status = {
      observedGeneration: topic.metadata.generation,
      topicName: spec.topicName ?? topic.metadata.name,
      topicId: randomBytes(16).toString('base64url'),
      conditions: [
        isSmaller
          ? condition('Ready', 'False', 'NotSupported', 'Decreasing partitions not supported')
          : condition('Ready', 'True'),
      ],
    }
    if (!isSmaller)
      await api.patch(topic, { metadata: { annotations: { 'lane.test/partitions': String(spec.partitions ?? 1) } } })
    await api.patch(topic, { status }, 'status')
  }

  async function playUser(user: KubeObject, gone: boolean): Promise<void> {
    if (gone || user.metadata.deletionTimestamp !== undefined || isObserved(user) || !(await hasOperator(user))) return
    const { name } = user.metadata
    const type = (user.spec as UserSpec).authentication?.type
    if (type !== undefined) await applySecret(user, name, await loginOf(user, type))
    const status = {
      observedGeneration: user.metadata.generation,
      username: type === 'tls' ? `CN=${name}` : name,
      ...(type !== undefined && { secret: name }),
      conditions: [condition('Ready', 'True')],
    }
    await api.patch(user, { status }, 'status')
  }

  async function loginOf(user: KubeObject, type: string): Promise<SecretContent> {
    const { name, namespace = '' } = user.metadata
    if (type !== 'tls') {
      const password = randomBytes(24).toString('base64url')
      const module = 'org.apache.kafka.common.security.scram.ScramLoginModule'
      return { password, 'sasl.jaas.config': `${module} required username="${name}" password="${password}";` }
    }
    const authority = await authorityOf(namespace, `${clusterOf(user)}-clients`)
    await authority.issueClient(`user-${name}`, { user: name })
    const password = randomBytes(9).toString('base64url')
    const store = await authority.exportStore(`user-${name}`, password)
    const file = (path: string) => readFileSync(authority.path(path))
    return {
      'ca.crt': file('ca.crt'),
      'user.crt': file(`user-${name}.crt`),
      'user.key': file(`user-${name}.key`),
      'user.p12': readFileSync(store),
      'user.password': password,
    }
  }

  /** The topic and user operators run beside their Kafka and are gone with it. */
  async function hasOperator(object: KubeObject): Promise<boolean> {
    const kafka = await api.get({ apiVersion: API, kind: 'Kafka' }, clusterOf(object), object.metadata.namespace)
    if (kafka === undefined) return false
    if (isObserved(kafka)) return true
    throw new Error('Its Kafka may become ready later.')
  }

  async function applySecret(owner: KubeObject, name: string, content: SecretContent): Promise<void> {
    const { namespace } = owner.metadata
    const cluster = owner.kind === 'Kafka' ? owner.metadata.name : clusterOf(owner)
    const labels = {
      'strimzi.io/cluster': cluster,
      'strimzi.io/kind': owner.kind,
      'app.kubernetes.io/managed-by': 'strimzi-operator',
    }
    const data = Object.fromEntries(
      Object.entries(content).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    )
    const metadata = { name, namespace, labels, ownerReferences: [ownedBy(owner)] }
    await api.apply({ apiVersion: 'v1', kind: 'Secret', metadata, data }, { manager: 'strimzi' })
  }
}

function clusterOf({ metadata }: KubeObject): string {
  return metadata.labels?.['strimzi.io/cluster'] ?? ''
}

function listenerStatus(name: string, namespace: string, listener: Listener, certificate: string) {
  const inside = listener.type === 'internal'
  const host = inside
    ? `${name}-kafka-bootstrap.${namespace}.svc`
    : (listener.configuration?.bootstrap?.host ?? listener.configuration?.bootstrap?.alternativeNames?.[0] ?? '')
  const port = listener.type === 'tlsroute' ? 443 : listener.port
  return {
    name: listener.name,
    addresses: [{ host, port }],
    bootstrapServers: `${host}:${port}`,
    certificates: [certificate],
  }
}

/** The operator looks at such a Kafka again when pools come, as they may a moment after it. */
function lacksPools({ status }: KubeObject): boolean {
  return /No KafkaNodePools found/.test(JSON.stringify(status ?? {}))
}
