// SPDX-License-Identifier: Apache-2.0
/** Many topics in a store, as the API would have written them. One tenant has a fifth of them, so that its own lists are long too. */
import type { Store } from '@kaas/store'

/** The tenant with many topics. */
export const LARGE_TENANT = 'large'

const PER_TENANT = 500
const PER_TRANSACTION = 500

/** Writes `count` topics with labels and a status. */
export async function fillStore(store: Store, count: number): Promise<void> {
  await fillTeams(store, count)
  for (let from = 0; from < count; from += PER_TRANSACTION) {
    await store.transaction(async (session) => {
      for (let index = from; index < Math.min(count, from + PER_TRANSACTION); index += 1) {
        const tenant = index < count / 5 ? LARGE_TENANT : `tenant-${Math.floor(index / PER_TENANT)}`
        const key = { kind: 'Topic', tenant, name: `topic-${String(index * 7919).padStart(9, '0')}` } as const
        const labels = { app: `app-${index % 200}`, tier: index % 1000 === 0 ? 'gold' : 'common' }
        const intent = { key, spec: { partitions: 1 + (index % 12), config: {} }, labels, annotations: {} }
        await session.saveResource(intent, { audit: AUDIT })
      }
    })
    if (from % 10_000 === 0) console.log(`${from} of ${count} topics written`)
  }
}

/** The large tenant has a team of its own, the others ten teams between them; one team has nothing. */
async function fillTeams(store: Store, count: number): Promise<void> {
  const first = Math.floor(count / 5 / PER_TENANT)
  const numbers = Array.from({ length: Math.ceil(count / PER_TENANT) - first }, (_, at) => first + at)
  const owned = [
    [LARGE_TENANT, 'team-large'],
    ...numbers.map((number) => [`tenant-${number}`, `team-${number % 10}`]),
  ] as const
  const bare = { labels: {}, annotations: {} }
  for (const team of new Set([...owned.map(([, each]) => each ?? ''), 'team-none'])) {
    const key = { kind: 'Team', name: team } as const
    await store.saveResource({ key, spec: { members: [], externalGroups: [] }, ...bare }, { audit: AUDIT })
  }
  for (const [name = '', team = ''] of owned) {
    const workload = { produce: '1MB/s', retention: '1d' }
    const spec = { team, environment: 'development', isolation: 'virtual', adopt: false, workload } as const
    await store.saveResource({ key: { kind: 'Tenant', name }, spec, ...bare }, { audit: AUDIT })
  }
}

const AUDIT = { actor: 'bench', action: 'put', subject: 'bench', outcome: 'allowed', rule: 'bench' } as const
