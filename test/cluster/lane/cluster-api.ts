// SPDX-License-Identifier: Apache-2.0
/**
 * Cluster API's managers as processes, with their webhooks. No infrastructure provider is here: an actor of the tests plays it
 * (`test/cluster/actors/infrastructure-provider.ts`).
 */
import { readFileSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '@kaas/testkit'
import { parseAllDocuments } from 'yaml'
import type { Binaries } from '../machine/ensure-binaries.ts'
import type { ApiServer } from './api-server.ts'
import { KubeApi, type KubeObject } from './kube-api.ts'
import { LaneProcess } from './lane-process.ts'
import { isAnswering } from './probe.ts'

const MANAGERS = ['capi-core', 'capi-bootstrap', 'capi-control-plane'] as const

/** Starts the managers and registers their webhooks by URL, as there is no Service to reach a process by. */
export async function startClusterApi(
  binaries: Binaries,
  definitions: string,
  server: ApiServer,
  folder: string,
): Promise<readonly LaneProcess[]> {
  const certificates = join(folder, 'webhook-certificates')
  await mkdir(certificates, { recursive: true })
  await copyFile(server.credentials.path('api-server.crt'), join(certificates, 'tls.crt'))
  await copyFile(server.credentials.path('api-server.key'), join(certificates, 'tls.key'))
  const ports = await freePorts(MANAGERS.length * 3)
  const api = new KubeApi(server.adminKubeconfig)
  const processes = await Promise.all(
    MANAGERS.map(async (name, index) => {
      const [webhook = 0, health, diagnostics] = ports.slice(3 * index)
      const process = new LaneProcess({
        name,
        logFile: join(folder, `${name}.log`),
        command: [
          binaries[name],
          `--kubeconfig=${server.adminKubeconfig}`,
          '--leader-elect=false',
          '--feature-gates=ClusterTopology=true',
          `--webhook-cert-dir=${certificates}`,
          `--webhook-port=${webhook}`,
          `--health-addr=127.0.0.1:${health}`,
          `--diagnostics-address=127.0.0.1:${diagnostics}`,
          '--insecure-diagnostics',
        ],
        env: { POD_NAMESPACE: 'capi-system', POD_NAME: name, POD_UID: name },
      })
      await process.untilReady(() => isAnswering(`http://127.0.0.1:${health}/readyz`))
      await registerWebhooks(api, join(definitions, 'webhooks', `${name}.yaml`), server, name, webhook)
      return process
    }),
  )
  api.close()
  return processes
}

async function registerWebhooks(api: KubeApi, file: string, server: ApiServer, prefix: string, port: number): Promise<void> {
  const caBundle = readFileSync(server.credentials.path('ca.crt')).toString('base64')
  for (const document of parseAllDocuments(readFileSync(file, 'utf8'))) {
    const object = document.toJS() as KubeObject & { readonly webhooks: readonly Webhook[] }
    const webhooks = object.webhooks.map((webhook) => ({
      ...webhook,
      clientConfig: { url: `https://127.0.0.1:${port}${webhook.clientConfig.service.path}`, caBundle },
    }))
    await api.apply({ ...object, metadata: { name: `${prefix}-${object.metadata.name}` }, webhooks })
  }
}

interface Webhook {
  readonly clientConfig: { readonly service: { readonly path: string } }
}
