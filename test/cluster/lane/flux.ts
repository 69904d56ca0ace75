// SPDX-License-Identifier: Apache-2.0
/** Flux's three controllers as processes. Events go nowhere: its notification controller is not here. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { freePorts } from '@kaas/testkit'
import type { Binaries } from '../machine/ensure-binaries.ts'
import { LaneProcess } from './lane-process.ts'
import { isAnswering } from './probe.ts'

/** Flux looks again after this when something that an object depends on is not ready; the usual 30 s would only be waited for. */
const DEPENDENCY_POLL = '2s'

/** A change ends the wait for what was before, as guides tell to set it: else a deletion waits with it, up to half an hour. */
const NO_VAIN_WAIT = '--feature-gates=CancelHealthCheckOnNewRevision=true'

/** Starts them with the rights of the kubeconfig; resolves when all say that they are healthy. */
export async function startFlux(binaries: Binaries, kubeconfig: string, folder: string): Promise<readonly LaneProcess[]> {
  const artifacts = join(folder, 'flux')
  await mkdir(artifacts, { recursive: true })
  const [port = 0, ...ports] = await freePorts(7)
  const address = `127.0.0.1:${port}`
  const storage = [`--storage-path=${artifacts}`, `--storage-addr=${address}`, `--storage-adv-addr=${address}`]
  const names = ['source-controller', 'kustomize-controller', 'helm-controller'] as const
  return Promise.all(
    names.map(async (name, index) => {
      const [metrics, health] = [ports[2 * index], ports[2 * index + 1]]
      const process = new LaneProcess({
        name,
        logFile: join(folder, `${name}.log`),
        env: { RUNTIME_NAMESPACE: 'flux-system', KUBECONFIG: kubeconfig, TUF_ROOT: join(artifacts, 'tuf') },
        command: [
          binaries[name],
          '--enable-leader-election=false',
          '--events-addr=',
          ...(name === 'source-controller' ? [] : [NO_VAIN_WAIT]),
          `--metrics-addr=127.0.0.1:${metrics}`,
          `--health-addr=127.0.0.1:${health}`,
          ...(name === 'source-controller' ? storage : [`--requeue-dependency=${DEPENDENCY_POLL}`]),
        ],
      })
      await process.untilReady(() => isAnswering(`http://127.0.0.1:${health}/readyz`))
      return process
    }),
  )
}
