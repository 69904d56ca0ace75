// SPDX-License-Identifier: Apache-2.0
/** `kaas render`: tenants as files of Kubernetes objects. Asks no server; the same documents give the same bytes. */
import { join, resolve } from 'node:path'
import { parseDocument } from '@kaas/domain'
import { pathsOfTenant, RENDERED_HEADER, renderDocuments } from '@kaas/planner'
import { readDocuments, withoutAdditions } from '../documents.ts'
import { loadPlatform } from '../platform-file.ts'
import { type FolderChange, folderChanges, loadText, writeChanges } from '../rendered-folder.ts'
import type { Session } from '../session.ts'
import { pruning, type VanishedTenant, vanishedTenants } from '../vanished-tenants.ts'

/** Options of `render`. */
export interface RenderOptions {
  readonly filename: readonly string[]
  readonly out: string
  readonly platform?: string
  readonly check?: boolean
  readonly prune?: boolean
}

/** The exit code for "there are differences", as of `diff`. */
const DIFFERENT = 3

/** Writes what changed and says so; with `check` only says so, and returns 3 when there is something. */
export async function renderCommand({ terminal }: Session, options: RenderOptions): Promise<number> {
  const { check = false, prune = false } = options
  const folder = resolve(options.out)
  const platform = loadPlatform(options.platform ?? join(options.out, 'platform.yaml'))
  const rendered = (text: string) => text.startsWith(RENDERED_HEADER)
  const documents = await readDocuments(options.filename, terminal.readInput, rendered)
  const written = documents.map(({ value, text }) => ({ resource: parseDocument(withoutAdditions(value)), text }))
  const files = renderDocuments(written, platform, { read: (path) => loadText(join(folder, path)) })
  const tenants = written.flatMap(({ resource }) => (resource.kind === 'Tenant' ? [resource.metadata.name] : []))
  const vanished = vanishedTenants(folder, rendered).filter(({ name }) => !tenants.includes(name))
  const changes = [
    ...folderChanges(folder, files, tenants.flatMap(pathsOfTenant), rendered),
    ...(prune ? vanished.flatMap((each) => pruning(folder, each)) : []),
  ]
  if (!check) writeChanges(folder, changes)
  for (const change of changes) terminal.out(`${wordFor(change, check)} ${change.path}\n`)
  for (const each of vanished) terminal.err(sentenceOf(each, prune))
  const open = vanished.some(({ removable }) => removable.length > 0)
  return check && (changes.length > 0 || open) ? DIFFERENT : 0
}

function wordFor({ kind }: FolderChange, onlyChecked: boolean): string {
  return onlyChecked ? `would be ${kind}` : kind
}

function sentenceOf({ name, removable, guarded }: VanishedTenant, prune: boolean): string {
  const kept = `${guarded.join(', ')} hold${guarded.length === 1 ? 's' : ''} data: remove by hand what is given up for ever.`
  const rest = guarded.length === 0 ? '' : ` ${kept}`
  if (prune || removable.length === 0) return guarded.length === 0 ? '' : `Tenant ${name} has no tenant.yaml.${rest}\n`
  const files = `${removable.length} ${removable.length === 1 ? 'file is' : 'files are'} left of it; --prune removes them.`
  return `Tenant ${name} has no tenant.yaml. ${files}${rest}\n`
}
