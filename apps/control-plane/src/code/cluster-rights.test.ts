// SPDX-License-Identifier: Apache-2.0
/** What the control plane may change in Kubernetes: what it needs for an order, its end and a purge, and nothing besides. */
import { watchCluster } from '@kaas/kube'
import { afterAll, describe, expect, it } from 'vitest'
import { CLUSTER_RIGHTS, withinRights } from './cluster-rights.ts'

/** Nothing listens there: what is allowed gets as far as the connection, and what is not does not. */
const KUBECONFIG = `apiVersion: v1
kind: Config
current-context: nowhere
contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]
clusters: [{ name: nowhere, cluster: { server: 'http://127.0.0.1:1' } }]
users: [{ name: nobody, user: {} }]
`
const watch = withinRights(
  watchCluster({
    kubeconfig: KUBECONFIG,
    kinds: [],
    labelSelector: 'a=b',
    changed: () => undefined,
    now: () => new Date(0),
  }),
)
afterAll(() => watch.close())

type Write = () => Promise<void>

describe('the rights of the control plane in Kubernetes', () => {
  it.each<[string, Write]>([
    [
      'say that data is given up',
      () => watch.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kaas-shop' } }),
    ],
    ['remove the namespace', () => watch.remove({ apiVersion: 'v1', kind: 'Namespace', name: 'kaas-shop', plural: '' })],
  ])('let a purge %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({ code: 'kubernetes-unavailable' })
  })

  it.each<[string, Write]>([
    ['write a Secret', () => watch.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'x' } })],
    ['change a Kafka, which is changed in Git', () => watch.apply({ kind: 'Kafka' })],
    ['write what has no kind', () => watch.apply({})],
    [
      'remove disks',
      () => watch.remove({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'x', plural: 'persistentvolumeclaims' }),
    ],
    ['write the status of others', () => watch.applyStatus({ kind: 'KafkaTopic' })],
  ])('do not let a fault of ours %s', async (_, act) => {
    await expect(act()).rejects.toThrow(RangeError)
  })

  it('name each resource once, and never everything', () => {
    const names = CLUSTER_RIGHTS.map(({ apiGroup, resource }) => `${resource}.${apiGroup}`)
    expect(new Set(names).size).toBe(names.length)
    expect(JSON.stringify(CLUSTER_RIGHTS)).not.toContain('*')
  })
})
