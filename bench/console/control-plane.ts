// SPDX-License-Identifier: Apache-2.0
/** The control plane for benchmarks of what the console asks, and a tenant on it. */
import { type ApiClient, describeKind } from '@kaas/http-contract'
import {
  type ControlPlaneProcess,
  clustersFile,
  type Kafka,
  newInstallation,
  startControlPlane,
  waitFor,
} from '@kaas/testkit'

/** What it runs with: one Kafka cluster, `main`, if any, and the embedded database unless `env` names another. */
export interface BenchOptions {
  readonly kafka?: Kafka
  readonly env?: Readonly<Record<string, string>>
  /** Variables that name a file, with the text of the file. */
  readonly files?: Readonly<Record<string, string>>
}

/** Starts it and resolves when it is ready. */
export async function startBenchControlPlane(options: BenchOptions): Promise<ControlPlaneProcess> {
  const { kafka, env = {}, files = {} } = options
  const clusters = kafka && { KAAS_CLUSTERS_FILE: clustersFile('main', kafka) }
  return await startControlPlane(newInstallation({ ...clusters, ...files }), { KAAS_LOG_LEVEL: 'warn', ...env })
}

/** Orders a virtual tenant on `main` and resolves when it is ready. With `adopt` it takes what carries its prefix already. */
export async function orderTenant(client: ApiClient, name: string, partitions: number, adopt = false): Promise<void> {
  const resource = { kind: describeKind('Tenant'), name }
  const workload = { produce: '5MB/s', consume: '15MB/s', retention: '7d', partitions }
  const spec = { workload, cluster: 'main', ...(adopt && { adopt }) }
  await waitFor(() => client.put(resource, { apiVersion: 'kaas.dev/v1', kind: 'Tenant', metadata: { name }, spec }), {
    what: 'the order to be taken',
    timeoutMs: 60_000,
    pollMs: 500,
  })
  const ready = async () =>
    (await client.get(resource)).status?.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
  await waitFor(ready, { what: 'the tenant', timeoutMs: 120_000 })
}
