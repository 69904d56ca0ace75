// SPDX-License-Identifier: Apache-2.0
/**
 * Documents of tenants as the files of the repository of tenants. The command line and the control plane render with it, so
 * that both write the same bytes. Files of the platform itself are not made here.
 */
import type { Resource, Team, Tenant, Topic, User } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { dedicatedPlanFor, zonesOf } from '../dedicated-plan-for.ts'
import type { RunningVersions } from '../kafka-versions.ts'
import { renderDocumentText } from './document-text.ts'
import { keepingDisks } from './kept-disks.ts'
import type { Manifest } from './manifest.ts'
import type { PlatformProfile } from './platform-profile.ts'
import { renderTenant } from './render-tenant.ts'
import { renderFiles } from './render-yaml.ts'

/** A document, and its text as its author wrote it, ending with a line break, where the caller has it. */
export interface WrittenDocument {
  readonly resource: Resource
  readonly text?: string | undefined
}

/** What is there already. Without it a new repository is rendered. */
export interface RenderedBefore {
  /** The text of a file as it was rendered last: a smaller order keeps its disks. */
  read?(path: string): string | undefined
  /** What clusters report, by tenant: brokers get a new version first, and their metadata when all of them run it. */
  readonly running?: ReadonlyMap<string, RunningVersions>
}

/**
 * Every file of every tenant in the documents, by its path; of a virtual tenant only `tenant.yaml`. All are rendered before any
 * is returned. Throws `document-invalid` without a tenant, for one that stands twice and for a topic or user without its
 * tenant, and as dedicatedPlanFor and renderTenant do.
 */
export function renderDocuments(
  documents: readonly WrittenDocument[],
  platform: PlatformProfile,
  before: RenderedBefore = {},
): ReadonlyMap<string, string> {
  const tenants = ofKind<Tenant>(documents, 'Tenant')
  const teams = new Map(ofKind<Team>(documents, 'Team').map((team) => [team.metadata.name, team]))
  refuseStrays(documents, tenants)
  const ofTenants = Map.groupBy(documents, ({ resource: { kind, metadata } }) =>
    kind === 'Tenant' ? metadata.name : metadata.tenant,
  )
  const files = new Map<string, string>()
  for (const tenant of tenants) {
    const { name } = tenant.metadata
    const own = ofTenants.get(name) ?? []
    files.set(`tenants/${name}/tenant.yaml`, textOf(own))
    const team = teams.get(tenant.spec.team)
    for (const [path, text] of renderFiles(manifestsOf(tenant, team, own, platform, before))) files.set(path, text)
  }
  return files
}

/**
 * Where the files of a tenant can be, whatever its isolation: folders end with a slash. What is there and is not rendered any
 * more may be removed, when it begins with RENDERED_HEADER.
 */
export function pathsOfTenant(name: string): readonly string[] {
  return [`flux/tenants/${name}.yaml`, `infrastructure/clusters/${name}.yaml`, `namespaces/${name}.yaml`, `tenants/${name}/`]
}

function manifestsOf(
  tenant: Tenant,
  team: Team | undefined,
  own: readonly WrittenDocument[],
  platform: PlatformProfile,
  { read = () => undefined, running }: RenderedBefore,
): readonly Manifest[] {
  if (tenant.spec.isolation === 'virtual') return []
  const { name } = tenant.metadata
  const pools = zonesOf(tenant, platform).map((zone) => `tenants/${name}/kafka/kafkanodepool-${zone}.yaml`)
  const plan = keepingDisks(dedicatedPlanFor(tenant, platform), pools, read)
  const topics = ofKind<Topic>(own, 'Topic')
  const users = ofKind<User>(own, 'User')
  return renderTenant({ tenant, team, topics, users, plan, platform, running: running?.get(name) })
}

/** As written where there is text; documents without it stand behind, in an order that does not depend on the caller's. */
function textOf(documents: readonly WrittenDocument[]): string {
  const written = documents.flatMap(({ text }) => (text === undefined ? [] : [text]))
  const others = documents.filter(({ text }) => text === undefined).toSorted(byKindAndName)
  return [...written, ...others.map(({ resource }) => renderDocumentText(resource))].join('---\n')
}

/** Tenant, Topic, User: the order of the alphabet is that in which they need each other. */
function byKindAndName({ resource: a }: WrittenDocument, { resource: b }: WrittenDocument): number {
  const [one, other] = [a, b].map(({ kind, metadata }) => `${kind} ${metadata.name}`)
  return (one ?? '') < (other ?? '') ? -1 : 1
}

function ofKind<T extends Resource>(documents: readonly WrittenDocument[], kind: T['kind']): readonly T[] {
  return documents.flatMap(({ resource }) => (resource.kind === kind ? [resource as T] : []))
}

/** Two tenants of one name would write the same files, and a topic without its tenant would be lost without a word. */
function refuseStrays(documents: readonly WrittenDocument[], tenants: readonly Tenant[]): void {
  if (tenants.length === 0) {
    throw new KaasError('document-invalid', {
      message: 'There is no Tenant in the documents.',
      help: 'Name a file or folder with the tenant beside its topics and users.',
    })
  }
  const names = new Set<string>()
  for (const { metadata } of tenants) {
    if (names.has(metadata.name)) {
      throw new KaasError('document-invalid', {
        message: `Tenant ${metadata.name} stands twice in the documents.`,
        help: 'Remove one of the two.',
      })
    }
    names.add(metadata.name)
  }
  const stray = documents.find(({ resource: { metadata } }) => metadata.tenant !== undefined && !names.has(metadata.tenant))
  if (stray === undefined) return
  const { kind, metadata } = stray.resource
  throw new KaasError('document-invalid', {
    message: `${kind} ${metadata.name} belongs to tenant ${metadata.tenant}, which is not among the documents.`,
    help: 'Render it together with its tenant.',
  })
}
