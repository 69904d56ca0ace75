// SPDX-License-Identifier: Apache-2.0
/** What makes an API server a cluster: controller manager, scheduler, and kwok in place of kubelets. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from '@kaas/testkit'
import type { Binaries } from '../machine/ensure-binaries.ts'
import type { ApiServer } from './api-server.ts'
import { LaneProcess } from './lane-process.ts'
import { isAnswering } from './probe.ts'

const STAGES = fileURLToPath(new URL('kwok-stages.yaml', import.meta.url))

/** The parts of a cluster beside its API server. Each works for `system:masters`: their own rights are not what is tested. */
export type Controller = 'controller-manager' | 'scheduler' | 'kwok'

/** Starts them and resolves when they serve. kwok says that nodes and pods are ready; nothing runs in a pod. */
export async function startControllers(
  binaries: Binaries,
  server: ApiServer,
  options: { readonly folder: string; readonly name: string; readonly parts: readonly Controller[] },
): Promise<readonly LaneProcess[]> {
  const ports = await freePorts(options.parts.length)
  return Promise.all(
    options.parts.map(async (part, index) => {
      const port = ports[index] ?? 0
      const process = new LaneProcess({
        name: `${options.name} ${part}`,
        logFile: join(options.folder, `${options.name}-${part}.log`),
        command: commandOf(part, binaries, server, port),
      })
      const url = part === 'kwok' ? `http://127.0.0.1:${port}/healthz` : `https://127.0.0.1:${port}/healthz`
      await process.untilReady(() => isAnswering(url, server.credentials))
      return process
    }),
  )
}

function commandOf(part: Controller, binaries: Binaries, server: ApiServer, port: number): [string, ...string[]] {
  const path = (file: string) => server.credentials.path(file)
  const kubeconfig = `--kubeconfig=${server.adminKubeconfig}`
  const serving = [
    `--authentication-kubeconfig=${server.adminKubeconfig}`,
    `--authorization-kubeconfig=${server.adminKubeconfig}`,
    '--leader-elect=false',
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    `--tls-cert-file=${path('api-server.crt')}`,
    `--tls-private-key-file=${path('api-server.key')}`,
  ]
  switch (part) {
    case 'controller-manager':
      return [
        binaries['kube-controller-manager'],
        kubeconfig,
        ...serving,
        '--use-service-account-credentials=true',
        `--service-account-private-key-file=${path('sa.key')}`,
        `--root-ca-file=${path('ca.crt')}`,
        `--cluster-signing-cert-file=${path('ca.crt')}`,
        `--cluster-signing-key-file=${path('ca.key')}`,
        // Nodes of tenant clusters have no kubelet that would report.
        '--node-monitor-grace-period=24h',
      ]
    case 'scheduler':
      return [binaries['kube-scheduler'], kubeconfig, ...serving]
    case 'kwok':
      return [
        binaries.kwok,
        kubeconfig,
        '--manage-all-nodes=true',
        `--server-address=127.0.0.1:${port}`,
        `--config=${STAGES}`,
      ]
    default:
      return part satisfies never
  }
}
