// SPDX-License-Identifier: Apache-2.0
/** What an operator does once: `kaas gitops init`, and the one object that makes Flux begin. All stories share one repository. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryDirectory } from '@kaas/testkit'
import { parse, stringify } from 'yaml'
import { COMPONENTS, PLATFORM } from '../documents.ts'
import { KUSTOMIZATION, untilApplied } from './conditions.ts'
import type { KubeApi } from './kube-api.ts'
import type { LaneAddress } from './lane.ts'
import { readObjects } from './read-objects.ts'
import { TenantsClone } from './tenants-clone.ts'

/**
 * A clone of the repository of tenants, laid out and applied by Flux: the platform's own chart is installed, tenants may come. What
 * is there already stays. Components that are not ours are switched off in `platform/release.yaml`, as their charts cannot be
 * fetched here.
 */
export async function layOut(lane: LaneAddress, api: KubeApi): Promise<TenantsClone> {
  const clone = await TenantsClone.open(lane, api)
  if ((await api.get(KUSTOMIZATION, 'kaas-flux', 'flux-system')) !== undefined) return clone
  const platform = join(temporaryDirectory('platform'), 'platform.yaml')
  await writeFile(platform, PLATFORM)
  await clone.kaas('gitops', 'init', '--repo', lane.repository.url, '--platform', platform, '--provider', 'none')
  await clone.pull()
  const release = parse(await clone.read('platform/release.yaml'))
  release.spec.values.components = COMPONENTS
  await clone.write('platform/release.yaml', stringify(release))
  const commit = await clone.push('Leave out what cannot be fetched here')
  for (const object of readObjects(await clone.read('flux/system.yaml'))) await api.apply(object)
  await untilApplied(api, 'flux-system', 'kaas-platform', commit)
  await untilApplied(api, 'flux-system', 'kaas-flux', commit)
  return clone
}
