// SPDX-License-Identifier: Apache-2.0
/**
 * A tenant's files: what they should be by its documents, what Git holds at the fetched commit, and the difference. Only paths of the
 * tenant are ever named, and only rendered files are ever removed.
 */
import type { Resource } from '@kaas/domain'
import type { CommitOutcome, TenantRepository } from '@kaas/gitops'
import { pathsOfTenant, RENDERED_HEADER, renderDocuments, renderDocumentText } from '@kaas/planner'
import type { StoredResource } from '@kaas/store'
import { claimOf } from '../tenants/claim.ts'
import { isDedicated } from '../tenants/is-dedicated.ts'
import { canonical } from './canonical.ts'
import { claimFileOf, renderClaim } from './claim-file.ts'
import { type CommitWords, commitAuthor, commitMessage } from './commit-message.ts'
import { platformOf } from './platform-of.ts'
import { renderedBefore, runningOf } from './rendered-before.ts'
import { documentOf, documentsIn, fileOf, type TenantIntent } from './tenant-documents.ts'

/** What must change in Git for a tenant. Content by path; undefined removes. */
export interface FileDifference {
  readonly files: ReadonlyMap<string, string | undefined>
  /** The fetched commit; undefined while the branch is empty. */
  readonly commit: string | undefined
}

/** Remembers for which tenants nothing differs, so that looking again costs no reading of all their files. */
export class TenantFiles {
  readonly #repository: TenantRepository
  readonly #equal = new Map<string, { readonly print: string; readonly commit: string | undefined }>()

  constructor(repository: TenantRepository) {
    this.#repository = repository
  }

  /** Throws what rendering and Git throw. */
  async differenceOf(intent: TenantIntent): Promise<FileDifference> {
    const { name } = intent.tenant
    const print = await this.#printOf(intent)
    const known = this.#equal.get(name)
    if (known !== undefined && known.print === print) {
      const commit = await this.#unchangedSince(name, known.commit)
      if (commit !== undefined) return { files: new Map(), commit }
    }
    // Before the comparison: what is pushed during it is seen at the next look.
    const [head] = await this.#repository.history({ limit: 1 })
    const files = await this.#compare(intent, (path) => this.#repository.read(path))
    if (files.size === 0) this.#equal.set(name, { print, commit: head?.commit })
    return { files, commit: head?.commit }
  }

  /**
   * Documents that Git has of the tenant and that were never stored here, as `Topic/name`: an empty database is being filled again. Empty
   * while nothing was rendered of the tenant, for then nothing can be lost.
   */
  async unstoredOf({ tenant, known }: TenantIntent): Promise<readonly string[]> {
    const documents = documentsIn(await this.#repository.read(fileOf(tenant.name)))
    const names = documents.filter(({ kind }) => kind !== 'Tenant').map(({ kind, metadata }) => `${kind}/${metadata.name}`)
    const unstored = names.filter((name) => !known.has(name))
    if (unstored.length === 0 || !isDedicated(tenant)) return unstored
    return (await this.#repository.list(`tenants/${tenant.name}/access`)).length === 0 ? [] : unstored
  }

  /** One commit with all that differs then, naming every document that Git does not hold as it is stored. */
  async write(intent: TenantIntent, { author, verb }: CommitWords): Promise<CommitOutcome> {
    const { name } = intent.tenant
    const held = documentsIn(await this.#repository.read(fileOf(name))).map(canonicalDocument)
    const all = [intent.tenant, ...intent.children]
    const carried = all.filter((resource) => !held.includes(canonicalDocument(documentOf(resource))))
    this.#equal.delete(name)
    return await this.#repository.commit({
      message: commitMessage(intent.tenant, carried, { author, verb: carried.length === 0 ? verb : 'change' }),
      author: commitAuthor(author),
      files: (read) => this.#compare(intent, read),
    })
  }

  /** Removes and changes files of the tenant that the caller names. */
  async change(
    tenant: StoredResource<'Tenant'>,
    words: CommitWords,
    files: ReadonlyMap<string, string | undefined>,
  ): Promise<CommitOutcome> {
    this.#equal.delete(tenant.name)
    const message = commitMessage(tenant, [], words)
    return await this.#repository.commit({ message, author: commitAuthor(words.author), files: async () => files })
  }

  /** Paths of the tenant that Git holds, sorted. */
  async pathsOf(tenant: string): Promise<readonly string[]> {
    const lists = pathsOfTenant(tenant).map(async (path) => {
      if (path.endsWith('/')) return await this.#repository.list(path.slice(0, -1))
      return (await this.#repository.read(path)) === undefined ? [] : [path]
    })
    return (await Promise.all(lists)).flat().sort()
  }

  async #printOf({ tenant, team, children }: TenantIntent): Promise<string> {
    const platform = await this.#repository.read('platform.yaml')
    const versions = [tenant, ...(team === undefined ? [] : [team]), ...children].map(({ uid, generation }) => [
      uid,
      generation,
    ])
    return JSON.stringify([platform, claimOf(tenant), runningOf(tenant), versions])
  }

  /** The fetched commit when nobody touched the tenant's paths between `commit` and it. */
  async #unchangedSince(tenant: string, commit: string | undefined): Promise<string | undefined> {
    if (commit === undefined) return undefined
    const changes = await this.#repository.changedSince(commit)
    if (changes === undefined || changes.rewritten || changes.paths.some((path) => isPathOf(tenant, path))) return undefined
    return changes.commit
  }

  async #compare(
    intent: TenantIntent,
    read: (path: string) => Promise<string | undefined>,
  ): Promise<ReadonlyMap<string, string | undefined>> {
    const wanted = await this.#render(intent, read)
    const files = new Map<string, string | undefined>()
    for (const [path, text] of wanted) if ((await read(path)) !== text) files.set(path, text)
    for (const path of await this.pathsOf(intent.tenant.name)) {
      if (wanted.has(path)) continue
      const text = await read(path)
      if (text?.startsWith(RENDERED_HEADER) === true) files.set(path, undefined)
    }
    return files
  }

  /** The documents of a tenant that is managed in Git stay as their author wrote them, once they say that they are. */
  async #render(
    { tenant, team, children }: TenantIntent,
    read: (path: string) => Promise<string | undefined>,
  ): Promise<ReadonlyMap<string, string>> {
    const file = fileOf(tenant.name)
    const text = await read(file)
    const own = [tenant, ...children].map(documentOf)
    const claim = claimOf(tenant)
    const files = new Map<string, string>([[file, own.map(renderDocumentText).join('---\n')]])
    if (claim !== undefined) files.set(claimFileOf(tenant.name), renderClaim(claim))
    if (tenant.spec.isolation !== 'virtual') {
      const documents = [...(team === undefined ? [] : [documentOf(team)]), ...own].map((resource) => ({ resource }))
      const platform = await platformOf(this.#repository)
      const before = await renderedBefore(tenant, platform, await this.pathsOf(tenant.name), read)
      const rendered = renderDocuments(documents, platform, before)
      for (const [path, rest] of rendered) files.set(path, rest)
    }
    // Who removed the file asks for a deletion: the intake decides on that, so it is not written back here.
    const removed =
      text === undefined && tenant.spec.management === 'git' && tenant.status?.observed.writtenUpTo !== undefined
    if (removed) files.delete(file)
    if (text !== undefined && isManagedThere(tenant.name, tenant.spec.management, text)) files.set(file, text)
    return files
  }
}

/** Whether a path belongs to the tenant. */
export function isPathOf(tenant: string, path: string): boolean {
  return pathsOfTenant(tenant).some((own) => (own.endsWith('/') ? path.startsWith(own) : path === own))
}

/** A broken file is its author's as well: the intake says what is wrong with it. */
function isManagedThere(name: string, management: string | undefined, text: string): boolean {
  if (management !== 'git') return false
  const tenant = documentsIn(text).find((each) => each.kind === 'Tenant' && each.metadata.name === name)
  return tenant?.kind !== 'Tenant' || tenant.spec.management === 'git'
}

/** A document as one text, without what only answers have. */
function canonicalDocument({ status: _, ...document }: Resource): string {
  return canonical(document)
}
