// SPDX-License-Identifier: Apache-2.0
/** `kaas render`: tenants as files of Kubernetes objects. Asks no server; the same documents give the same bytes. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseDocument, parseWorkload, type Team, type Tenant, type Topic, type User } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import {
  MSK_US_EAST_1,
  type PlatformProfile,
  parsePlatformProfile,
  planDedicated,
  profileFor,
  RENDERED_HEADER,
  renderTenant,
  renderYaml,
} from '@kaas/planner'
import { parse } from 'yaml'
import { readDocuments, type SourceDocument } from '../documents.ts'
import { type FolderChange, folderChanges, writeChanges } from '../rendered-folder.ts'
import type { Session } from '../session.ts'

/** Options of `render`. */
export interface RenderOptions {
  readonly filename: readonly string[]
  readonly out: string
  readonly platform?: string
  readonly check?: boolean
}

/** The exit code for "there are differences", as of `diff`. */
const DIFFERENT = 3

/** Writes what changed and says so; with `check` only says so, and returns 3 when there is something. */
export async function renderCommand({ terminal }: Session, options: RenderOptions): Promise<number> {
  const platform = loadPlatform(options.platform ?? join(options.out, 'platform.yaml'))
  const rendered = (text: string) => text.startsWith(RENDERED_HEADER)
  const documents = await readDocuments(options.filename, terminal.readInput, rendered)
  const files = filesFor(documents, platform)
  const changes = folderChanges(resolve(options.out), files, rendered)
  if (options.check !== true) writeChanges(resolve(options.out), changes)
  for (const change of changes) terminal.out(`${wordFor(change, options.check === true)} ${change.path}\n`)
  return options.check === true && changes.length > 0 ? DIFFERENT : 0
}

/** Every file of every tenant in the documents, by its path. All are rendered before any is written. */
function filesFor(documents: readonly SourceDocument[], platform: PlatformProfile): ReadonlyMap<string, string> {
  const resources = documents.map((source) => ({ source, resource: parseDocument(source.value) }))
  const all = resources.map(({ resource }) => resource)
  const tenants = all.filter((each): each is Tenant => each.kind === 'Tenant')
  const teams = all.filter((each): each is Team => each.kind === 'Team')
  if (tenants.length === 0) {
    throw new KaasError('document-invalid', {
      message: 'There is no Tenant in the documents.',
      help: 'Name a file or folder with the tenant beside its topics and users.',
    })
  }
  refuseStrays(all, tenants)
  const files = new Map<string, string>()
  for (const tenant of tenants) {
    const { name } = tenant.metadata
    const own = resources.filter(({ resource: { kind, metadata } }) =>
      kind === 'Tenant' ? metadata.name === name : metadata.tenant === name,
    )
    files.set(`tenants/${name}/tenant.yaml`, own.map(({ source }) => source.text).join('---\n'))
    for (const manifest of renderTenant({
      tenant,
      team: teams.find(({ metadata }) => metadata.name === tenant.spec.team),
      topics: own.map(({ resource }) => resource).filter((each): each is Topic => each.kind === 'Topic'),
      users: own.map(({ resource }) => resource).filter((each): each is User => each.kind === 'User'),
      plan: planFor(tenant, platform),
      platform,
    })) {
      files.set(manifest.path, renderYaml(manifest))
    }
  }
  return files
}

/** Two tenants of one name would write the same files, and a topic without its tenant would be lost without a word. */
function refuseStrays(all: readonly { kind: string; metadata: Tenant['metadata'] }[], tenants: readonly Tenant[]): void {
  const names = tenants.map(({ metadata }) => metadata.name)
  const twin = names.find((name, index) => names.indexOf(name) !== index)
  if (twin !== undefined) {
    throw new KaasError('document-invalid', {
      message: `Tenant ${twin} stands twice in the documents.`,
      help: 'Remove one of the two.',
    })
  }
  const stray = all.find(({ metadata }) => metadata.tenant !== undefined && !names.includes(metadata.tenant))
  if (stray === undefined) return
  throw new KaasError('document-invalid', {
    message: `${stray.kind} ${stray.metadata.name} belongs to tenant ${stray.metadata.tenant}, which is not among the documents.`,
    help: 'Render it together with its tenant.',
  })
}

function planFor({ spec }: Tenant, { zones }: PlatformProfile) {
  return planDedicated(parseWorkload(spec.workload), { ...MSK_US_EAST_1, zones: zones.length }, profileFor(spec.environment))
}

function loadPlatform(file: string): PlatformProfile {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new KaasError('usage-invalid', {
      message: `The platform profile ${file} cannot be read.`,
      help: 'Write one as docs/guides/render-in-ci.md shows, or name yours with --platform.',
      cause: error,
    })
  }
  try {
    return parsePlatformProfile(parse(text))
  } catch (error) {
    if (error instanceof KaasError) throw error
    throw new KaasError('config-invalid', { message: `${file} is not YAML.`, help: 'Correct it.', cause: error })
  }
}

function wordFor({ kind }: FolderChange, onlyChecked: boolean): string {
  return onlyChecked ? `would be ${kind}` : kind
}
