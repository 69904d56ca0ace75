// SPDX-License-Identifier: Apache-2.0
/** Physical clusters as operators see them: brokers with what they carry, capacity that was promised. Each answers for itself. */
import { KaasError } from '@kaas/errors'
import type { ClusterView } from '@kaas/http-contract'
import type { BrokerLogs, ClusterDescription, KafkaAdmin, TopicPartitions } from '@kaas/kafka-admin'
import type { SharedCluster } from '@kaas/planner'
import type { Store, StoredResource } from '@kaas/store'
import { ownKey } from '../../kafka/own-kafka.ts'
import type { Placements } from '../../tenants/placements.ts'
import { Kept } from '../kept.ts'
import { problemMember } from '../partial.ts'
import type { TenantKafka } from '../tenant-kafka.ts'

/** What the views of clusters need. */
export interface ClusterViewParts {
  readonly store: Store
  readonly placements: Placements
  readonly kafka: TenantKafka
}

interface Seen {
  readonly brokers: ClusterView['brokers']
  readonly release?: string
}

/** Brokers change slowly; partitions of a large cluster cost half a second to read. */
const AGE_MS = 5_000
/** What is known is told after so long, and what comes later with the next look. */
const PATIENCE_MS = 3_000

/** Keeps what each cluster said last. One per process. */
export class ClusterViews {
  readonly #parts: ClusterViewParts
  readonly #seen = new Map<string, Kept<Seen>>()

  constructor(parts: ClusterViewParts) {
    this.#parts = parts
  }

  /**
   * All clusters in order of names, then every Kafka of a tenant's own. One that is away has a problem, and its brokers as they were seen
   * last.
   */
  async list(): Promise<{ readonly items: readonly ClusterView[] }> {
    const { store, placements } = this.#parts
    const { items } = await store.listResources({ kind: 'KafkaCluster', limit: 1000 })
    const shared = await placements.candidates('')
    const own = (await placements.dedicated()).toSorted((a, b) => (a.name < b.name ? -1 : 1))
    const named = new Set([...items.map(({ name }) => name), ...own.map(({ name }) => ownKey(name))])
    for (const name of this.#seen.keys()) if (!named.has(name)) this.#seen.delete(name)
    const views = [
      ...items.map((cluster) => this.#view(cluster, shared)),
      ...own.map((tenant) => this.#viewOfOwn(tenant.name)),
    ]
    return { items: await Promise.all(views) }
  }

  async #viewOfOwn(tenant: string): Promise<ClusterView> {
    const key = ownKey(tenant)
    const { known, isLate } = await this.#ask(key, () => this.#parts.kafka.in(tenant, ({ admin }) => look(admin)))
    const release = known.value?.release
    return {
      cluster: key,
      tenant,
      ...(release === undefined ? {} : { kafkaVersion: release }),
      tenants: 1,
      brokers: known.value?.brokers ?? [],
      capacity: [],
      ...problemMember(known.problem ?? (isLate ? slow(tenant) : undefined)),
    }
  }

  /** What is known, and whether that took so long that it is told. */
  async #ask(key: string, load: () => Promise<Seen>) {
    const started = performance.now()
    const known = await this.#keptOf(key, load).get()
    return { known, isLate: known.value === undefined || performance.now() - started >= PATIENCE_MS }
  }

  async #view(cluster: StoredResource<'KafkaCluster'>, shared: readonly SharedCluster[]): Promise<ClusterView> {
    const { name } = cluster
    const { store, kafka, placements } = this.#parts
    const load = async () => {
      // Its document may have changed since.
      const current = await store.loadResource({ kind: 'KafkaCluster', name })
      return current === undefined ? { brokers: [] } : await kafka.onCluster(current, look)
    }
    const [{ known, isLate }, tenants] = await Promise.all([this.#ask(name, load), placements.tenantsOn(name)])
    const release = known.value?.release ?? releaseOf(cluster)
    return {
      cluster: name,
      ...(release === undefined ? {} : { kafkaVersion: release }),
      tenants: tenants.length,
      brokers: known.value?.brokers ?? [],
      capacity: capacityOf(shared.find((each) => each.name === name)),
      ...problemMember(known.problem ?? (isLate ? slow(name) : undefined)),
    }
  }

  #keptOf(key: string, load: () => Promise<Seen>): Kept<Seen> {
    const known = this.#seen.get(key)
    if (known !== undefined) return known
    const kept = new Kept<Seen>(load, { maxAgeMs: AGE_MS, patienceMs: PATIENCE_MS, firstPatienceMs: PATIENCE_MS })
    this.#seen.set(key, kept)
    return kept
  }
}

function slow(name: string): KaasError {
  return new KaasError('kafka-timeout', {
    message: `The cluster "${name}" has not answered in ${PATIENCE_MS / 1000} s.`,
    help: 'What is shown is from before. Look again in a moment.',
  })
}

function releaseOf(cluster: StoredResource<'KafkaCluster'>): string | undefined {
  const release = cluster.status?.observed.release
  return typeof release === 'string' ? release : undefined
}

async function look(admin: KafkaAdmin): Promise<Seen> {
  const [cluster, controller, features, topics, logs] = await Promise.all([
    admin.describeCluster(),
    admin.activeController(),
    admin.describeFeatures(),
    admin.listPartitions(''),
    admin.describeLogDirs(),
  ])
  return {
    brokers: brokersOf(cluster, controller, topics, logs),
    ...(features.release === undefined ? {} : { release: features.release }),
  }
}

/** Counts per broker. A broker that is registered and away is shown as well: its partitions are under-replicated elsewhere. */
export function brokersOf(
  { brokers }: ClusterDescription,
  controller: number | undefined,
  topics: readonly TopicPartitions[],
  logs: readonly BrokerLogs[],
): ClusterView['brokers'] {
  const counts = new Map<number, { partitions: number; leaders: number; underReplicated: number }>()
  const of = (id: number) => {
    const known = counts.get(id) ?? { partitions: 0, leaders: 0, underReplicated: 0 }
    counts.set(id, known)
    return known
  }
  for (const { partitions } of topics) {
    for (const { leader, replicas, inSync } of partitions) {
      for (const id of replicas) of(id).partitions += 1
      if (leader === undefined) continue
      of(leader).leaders += 1
      if (inSync.length < replicas.length) of(leader).underReplicated += 1
    }
  }
  return brokers.map(({ nodeId, host, port, rack }) => {
    const told = logs.find((each) => each.nodeId === nodeId && each.problem === undefined)
    const bytes = told?.replicas.reduce((sum, replica) => sum + replica.bytes, 0)
    return {
      id: nodeId,
      host,
      port,
      ...(rack === null ? {} : { rack }),
      controller: nodeId === controller,
      ...of(nodeId),
      ...(bytes === undefined ? {} : { bytes }),
    }
  })
}

/** What tenants were promised against what the document of the cluster states. */
function capacityOf(shared: SharedCluster | undefined): ClusterView['capacity'] {
  if (shared === undefined) return []
  const { taken, capacity } = shared
  return AMOUNTS.map(({ what, unit, key }) => ({
    what,
    unit,
    used: taken[key],
    ...(capacity === undefined ? {} : { capacity: capacity[key] }),
  }))
}

const AMOUNTS = [
  { what: 'produce', unit: 'B/s', key: 'produceBytesPerSecond' },
  { what: 'consume', unit: 'B/s', key: 'consumeBytesPerSecond' },
  { what: 'storage', unit: 'B', key: 'diskBytes' },
  { what: 'partitions', unit: '1', key: 'partitions' },
  { what: 'connections', unit: '1', key: 'connections' },
] as const
