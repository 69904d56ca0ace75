// SPDX-License-Identifier: Apache-2.0
/**
 * A control plane as a process beside the lane: an empty database of its own, the lane's repository, and in its management cluster the
 * rights that the chart gives and no others.
 */
import { type ControlPlaneProcess, newInstallation, startControlPlane } from '@kaas/testkit'
import { controlPlaneKubeconfig } from './control-plane-account.ts'
import type { LaneAddress } from './lane.ts'

/** Starts one with an empty database; resolves when its API answers. `more` are more of its variables. */
export async function startLaneControlPlane(
  lane: Pick<LaneAddress, 'repository' | 'kubeconfig' | 'binaries'>,
  more: Readonly<Record<string, string>> = {},
): Promise<ControlPlaneProcess> {
  const installation = newInstallation()
  return await startControlPlane(installation, {
    KAAS_GIT_URL: lane.repository.url,
    KAAS_GIT_POLL: '500ms',
    KAAS_KUBECONFIG_FILE: await controlPlaneKubeconfig(lane, installation.directory),
    ...more,
  })
}
