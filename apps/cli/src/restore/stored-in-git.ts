// SPDX-License-Identifier: Apache-2.0
/** The documents that a repository of tenants holds, from a folder or from the branch of a repository. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { asKaasError, KaasError } from '@kaas/errors'
import { KNOWN_KINDS } from '@kaas/http-contract'
import { inOrder, parseStream, type SourceDocument } from '../documents.ts'
import { type GitOptions, withRepository } from '../git-options.ts'
import { entriesOf, loadText } from '../rendered-folder.ts'

/** What was found. A file with a fault does not hide the others. */
export interface StoredInGit {
  /** In the order in which they need each other. Policies come last: what was there before them was not asked either. */
  readonly documents: readonly SourceDocument[]
  readonly faults: readonly { readonly path: string; readonly error: KaasError }[]
}

/** Folders of documents; what is of a tenant stands beside it. */
const FOLDERS = KNOWN_KINDS.filter(({ scope }) => scope === 'platform').map(({ plural }) => plural)
const BESIDE_TENANTS = FOLDERS.filter((folder) => folder !== 'tenants').join('|')
/** Documents stand here; everything else is rendered, or the platform's. */
const DOCUMENTS = new RegExp(`^(tenants/[^/]+/tenant|(${BESIDE_TENANTS})/[^/]+)\\.ya?ml$`)

/** Reads a folder that is no bare repository as it is, anything else through git. Throws `document-invalid` when nothing is there. */
export async function readStored(from: string, options: GitOptions): Promise<StoredInGit> {
  const files = isFolder(from) ? filesInFolder(from) : await filesInRepository(from, options)
  if (files.size === 0) {
    throw new KaasError('document-invalid', {
      message: `There is no tenants/<name>/tenant.yaml in ${from}.`,
      help: 'Name the root of the repository of tenants, or its URL; --branch names another branch.',
    })
  }
  const read = [...files].map(([path, text]) => parsed(path, text))
  const documents = inOrder(read.flatMap(({ documents }) => documents))
  const isPolicy = ({ kind }: SourceDocument) => kind === 'Policy'
  return {
    documents: [...documents.filter((each) => !isPolicy(each)), ...documents.filter(isPolicy)],
    faults: read.flatMap(({ path, error }) => (error === undefined ? [] : [{ path, error }])),
  }
}

/** Only the name is looked at: `HEAD` and `objects` beside each other are a bare repository. */
function isFolder(from: string): boolean {
  const bare = existsSync(join(from, 'HEAD')) && existsSync(join(from, 'objects'))
  return statSync(from, { throwIfNoEntry: false })?.isDirectory() === true && !bare
}

function filesInFolder(folder: string): ReadonlyMap<string, string> {
  const paths = FOLDERS.flatMap((top) =>
    entriesOf(join(folder, top), true).map((name) => `${top}/${name.replaceAll('\\', '/')}`),
  )
  const found = paths.filter((path) => DOCUMENTS.test(path)).map((path) => [path, loadText(join(folder, path))] as const)
  return new Map(found.flatMap(([path, text]) => (text === undefined ? [] : [[path, text]])))
}

function filesInRepository(url: string, options: GitOptions): Promise<ReadonlyMap<string, string>> {
  return withRepository(url, options, async (repository) => {
    await repository.fetch()
    const files = new Map<string, string>()
    for (const path of await repository.list('')) {
      const text = DOCUMENTS.test(path) ? await repository.read(path) : undefined
      if (text !== undefined) files.set(path, text)
    }
    return files
  })
}

function parsed(path: string, text: string) {
  try {
    return { path, documents: parseStream(text, path), error: undefined }
  } catch (error) {
    return { path, documents: [], error: asKaasError(error) }
  }
}
