// SPDX-License-Identifier: Apache-2.0
/**
 * The first state of the lane's database: all definitions applied, for the management cluster and for tenant clusters. Applying
 * them takes an API server half a minute, so it is done once and the data are kept in the user's cache.
 */
import { createHash } from 'node:crypto'
import { cp, readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { cachedFolder } from '@kaas/kafka-engine'
import { runProgram, temporaryDirectory } from '@kaas/testkit'
import type { Binaries } from '../machine/ensure-binaries.ts'
import { ApiServer } from './api-server.ts'
import { startEtcd } from './etcd.ts'

/** Prefix of the management cluster in etcd. */
export const MANAGEMENT = 'management'

/** Prefixes for clusters of hard tenants: each story takes one of its own. */
export const TENANT_CLUSTERS = ['tenant-1', 'tenant-2', 'tenant-3', 'tenant-4'] as const

/** Definitions that the platform installs on the cluster of a hard tenant. */
const ON_TENANT_CLUSTERS = ['strimzi', 'cert-manager', 'prometheus-operator']

/** The folder with etcd's data in `etcd`; copy it, never start on it. */
export function ensureDatabase(binaries: Binaries, definitions: string, print: (line: string) => void): Promise<string> {
  const content = [basename(dirname(binaries.etcd)), basename(definitions), TENANT_CLUSTERS, ON_TENANT_CLUSTERS]
  const key = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
  return cachedFolder(join('k8s', `database-${key}`), async (folder) => {
    print('applying all definitions to a new database; this is done once')
    const place = temporaryDirectory('database')
    const etcd = await startEtcd(binaries.etcd, place)
    try {
      const all = (await readdir(definitions)).filter((name) => name !== 'webhooks')
      await applyDefinitions(MANAGEMENT, all)
      for (const prefix of TENANT_CLUSTERS) {
        await applyDefinitions(prefix, ON_TENANT_CLUSTERS)
      }
    } finally {
      await etcd.process.stop()
    }
    await cp(join(place, 'etcd'), join(folder, 'etcd'), { recursive: true })

    async function applyDefinitions(prefix: string, sources: readonly string[]): Promise<void> {
      const server = await ApiServer.start({
        program: binaries['kube-apiserver'],
        etcd,
        prefix,
        folder: place,
        name: prefix,
      })
      try {
        const kubectl = (...args: readonly string[]) =>
          runProgram(binaries.kubectl, [`--kubeconfig=${server.adminKubeconfig}`, ...args], { timeoutMs: 300_000 })
        await kubectl(
          'apply',
          '--server-side',
          '--recursive',
          ...sources.map((each) => `--filename=${join(definitions, each)}`),
        )
        await kubectl('wait', '--for=condition=Established', 'crd', '--all', '--timeout=120s')
      } finally {
        await server.stop()
      }
    }
  })
}
