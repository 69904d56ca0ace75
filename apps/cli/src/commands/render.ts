// SPDX-License-Identifier: Apache-2.0
/** `kaas render`: tenants as files of Kubernetes objects. Asks no server; the same documents give the same bytes. */
import { join, resolve } from 'node:path'
import { parseDocument } from '@kaas/domain'
import { RENDERED_HEADER, renderDocuments } from '@kaas/planner'
import { readDocuments } from '../documents.ts'
import { loadPlatform } from '../platform-file.ts'
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
  const files = renderDocuments(
    documents.map(({ value, text }) => ({ resource: parseDocument(value), text })),
    platform,
  )
  const changes = folderChanges(resolve(options.out), files, rendered)
  if (options.check !== true) writeChanges(resolve(options.out), changes)
  for (const change of changes) terminal.out(`${wordFor(change, options.check === true)} ${change.path}\n`)
  return options.check === true && changes.length > 0 ? DIFFERENT : 0
}

function wordFor({ kind }: FolderChange, onlyChecked: boolean): string {
  return onlyChecked ? `would be ${kind}` : kind
}
