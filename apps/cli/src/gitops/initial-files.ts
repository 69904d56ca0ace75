// SPDX-License-Identifier: Apache-2.0
/** Every file that a repository of tenants begins with. The same options give the same files. */
import { type FluxSource, type PlatformProfile, renderClusterClasses, renderFluxSystem } from '@kaas/planner'
import { stringify } from 'yaml'
import { chartFiles } from './chart-files.ts'
import { type PlatformFacts, platformKustomization, platformRelease } from './platform-release.ts'
import { repositoryReadme } from './repository-readme.ts'

/** What the files are made from. */
export interface InitialOptions extends PlatformFacts {
  /** Where Flux reads the repository. */
  readonly source: FluxSource
}

/** Texts by path, apart by who owns them afterwards. */
export interface InitialFiles {
  /** Written when absent: the operator's from then on. */
  readonly once: ReadonlyMap<string, string>
  /** Written anew by every run. */
  readonly ours: ReadonlyMap<string, string>
}

/** The folders that hold nothing but `ours`: what is in them and not rendered any more is removed. */
export const OUR_FOLDERS = ['platform/charts', 'infrastructure/classes'] as const

/** All files but `platform.yaml`, which says what they are made from. */
export function initialFiles(platform: PlatformProfile, options: InitialOptions): InitialFiles {
  return {
    once: new Map([
      ['platform/release.yaml', platformRelease(platform, options)],
      ['README.md', repositoryReadme(options.source)],
    ]),
    ours: new Map([
      ['flux/system.yaml', renderFluxSystem(options.source)],
      ['namespaces/not-empty.placeholder.yaml', placeholder('namespaces')],
      ['infrastructure/not-empty.placeholder.yaml', placeholder('infrastructure')],
      ['platform/kustomization.yaml', platformKustomization()],
      ...renderClusterClasses(platform),
      ...chartFiles(),
    ]),
  }
}

/** Flux fails on a folder without objects, and before the first tenant there is none. No tenant has a dot in its name. */
function placeholder(folder: string): string {
  const map = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `kaas-${folder}`, namespace: 'flux-system', labels: { 'app.kubernetes.io/managed-by': 'kaas' } },
    data: {
      about: `Flux applies the folder ${folder} of the repository of tenants. This object keeps it from being empty.`,
    },
  }
  return stringify(map, { lineWidth: 0 })
}
