// SPDX-License-Identifier: Apache-2.0
/** What rendering a tenant must know of the past: disks that are there already, and how far an upgrade has come. */
import type { ResourceOf } from '@kaas/domain'
import { type PlatformProfile, type RunningVersions, wantedVersions } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { documentOf } from './tenant-documents.ts'

/** As `renderDocuments` takes it. */
export interface RenderedBefore {
  read(path: string): string | undefined
  readonly running: ReadonlyMap<string, RunningVersions>
}

/** Reads the files of the tenant's Kafka and pools as Git holds them. */
export async function renderedBefore(
  tenant: StoredResource<'Tenant'>,
  platform: PlatformProfile,
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
): Promise<RenderedBefore> {
  const folder = `tenants/${tenant.name}/kafka/kafka`
  const texts = new Map<string, string | undefined>()
  for (const path of paths.filter((each) => each.startsWith(folder))) texts.set(path, await read(path))
  const running = runningOf(tenant)
  const held = texts.get(`${folder}-${tenant.name}.yaml`)
  const goesOn = running !== undefined && !hasMetadata(held, documentOf(tenant), platform)
  return { read: (path) => texts.get(path), running: new Map(goesOn ? [[tenant.name, running]] : []) }
}

/** What Kafka reported of itself last; undefined before the first time. */
export function runningOf({ status }: StoredResource<'Tenant'>): RunningVersions | undefined {
  const { kafkaVersion, kafkaMetadataVersion } = status?.observed ?? {}
  if (typeof kafkaVersion !== 'string') return undefined
  const settled = status?.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false
  return {
    kafkaVersion,
    ...(typeof kafkaMetadataVersion === 'string' ? { kafkaMetadataVersion } : {}),
    settled,
  }
}

/** Metadata that was asked for once is not taken back while the brokers come to it. */
function hasMetadata(text: string | undefined, tenant: ResourceOf<'Tenant'>, platform: PlatformProfile): boolean {
  return /^ +metadataVersion: "?([^\s"#]+)/m.exec(text ?? '')?.[1] === wantedVersions(tenant, platform).metadataVersion
}
