// SPDX-License-Identifier: Apache-2.0
import { randomBytes } from 'node:crypto'
import { tenantSchema } from '@kaas/domain'
import { openStore } from '@kaas/store'
import { temporaryDirectory } from '@kaas/testkit'
import { expect, test } from 'vitest'
import { conditionsFrom, settled, working } from './conditions.ts'
import { saveObserved } from './save-observed.ts'

test('a tenant that was told as not ready is not told as ready again by a note for later runs', async () => {
  const store = await openStore({ directory: temporaryDirectory('store'), secretsKey: randomBytes(32) })
  const key = { kind: 'Tenant', name: 'shop' } as const
  const spec = tenantSchema.shape.spec.parse({ workload: { produce: '5MB/s', retention: '7d' } })
  const audit = { actor: 'ada', action: 'put', subject: '/v1/tenants/shop', outcome: 'allowed', rule: 'test' } as const
  await store.saveResource({ key, spec, labels: {}, annotations: {} }, { audit })
  const { uid = '' } = (await store.loadResource(key)) ?? {}
  const tell = (verdict: Parameters<typeof conditionsFrom>[0]) =>
    store.saveStatus(key, uid, {
      conditions: conditionsFrom(verdict, [], new Date()),
      observedGeneration: 1,
      observed: { commit: 'a' },
    })
  await tell(settled('Kafka runs as ordered.'))
  const loaded = await store.loadResource(key)
  if (loaded === undefined) throw new Error('It was saved.')
  await tell(working('FilesDiffer', 'Files are written.', 'git'))
  await saveObserved(store, loaded, { writtenUpTo: 'now' })
  const { status } = (await store.loadResource(key)) ?? {}
  expect(status?.conditions.at(-1)).toMatchObject({ type: 'Ready', status: 'False' })
  expect(status?.observed).toEqual({ commit: 'a', writtenUpTo: 'now' })
  await store.close()
})
