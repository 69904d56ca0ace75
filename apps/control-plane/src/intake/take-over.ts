// SPDX-License-Identifier: Apache-2.0
/**
 * Takes over what was merged for one tenant: its documents become intent as if they had been sent to the API, with the same rules. Only
 * tenants that are managed in Git are changed by Git; for the others a difference is drift, which the reconciler writes back.
 */
import { asKaasError, KaasError } from '@kaas/errors'
import type { StoredResource } from '@kaas/store'
import { canonical } from '../code/canonical.ts'
import { allOf, documentOf, fileOf } from '../code/tenant-documents.ts'
import type { TenantsAsCode } from '../code/tenants-as-code.ts'
import { type Actor, denialOf } from '../services/actor.ts'
import { deleteResource } from '../services/delete-resource.ts'
import { keyOfDocument, putResource } from '../services/put-resource.ts'
import type { ServiceParts } from '../services/service-parts.ts'
import { type ChildDocument, readTenantFile, type TenantFile } from './read-tenant-file.ts'

/** The services, with a repository for certain. */
export type IntakeParts = ServiceParts & {
  readonly code: TenantsAsCode
  /** Compares a virtual tenant with Git again. */
  readonly touch: (tenant: string) => void
}

/** What a change of the repository says of one tenant. */
export interface Merged {
  readonly tenant: string
  readonly commit: string
  /** The commit that was taken over last; undefined at the first look. */
  readonly since: string | undefined
}

/**
 * Does what the merged file says and keeps what is wrong with it for the tenant's conditions. Throws only what may be well again later:
 * Git or the database being away.
 */
export async function takeOver(parts: IntakeParts, merged: Merged): Promise<void> {
  const { code, store } = parts
  const problem = await problemOf(parts, merged)
  const isNew = code.problems.set(merged.tenant, problem)
  const stored = await store.loadResource({ kind: 'Tenant', name: merged.tenant })
  if (stored !== undefined) {
    parts.touch(merged.tenant)
    return await store.requestWork({ keys: [{ kind: 'Tenant', name: merged.tenant }] })
  }
  if (problem === undefined || !isNew) return
  parts.log.warn({ tenant: merged.tenant, problem: problem.message }, 'documents in Git cannot be taken over')
  const denial = denialOf(actorOf(merged), 'take-over', `/v1/tenants/${merged.tenant}`, problem.code, problem.message)
  await store.saveAudit({ ...denial, after: { file: fileOf(merged.tenant) } })
}

async function problemOf(parts: IntakeParts, merged: Merged): Promise<KaasError | undefined> {
  try {
    await apply(parts, merged)
    return undefined
  } catch (thrown) {
    const error = asKaasError(thrown)
    if (error.retriable || error.kind === 'bug') throw thrown
    return new KaasError(error.code, {
      message: `${fileOf(merged.tenant)} at commit ${merged.commit.slice(0, 12)}: ${error.message}`,
      help: error.help ?? 'Correct it and merge again.',
      fields: error.fields,
    })
  }
}

async function apply(parts: IntakeParts, merged: Merged): Promise<void> {
  const name = merged.tenant
  const stored = await parts.store.loadResource({ kind: 'Tenant', name })
  if (stored?.deletionRequestedAt !== undefined) return
  if (stored !== undefined && stored.spec.management !== 'git') return
  const text = await parts.code.repository.read(fileOf(name))
  if (text === undefined) return stored === undefined ? undefined : await removeTenant(parts, merged)
  const file = readTenantFile(name, text)
  if (stored === undefined && file.tenant.spec.management !== 'git') {
    return parts.log.info(
      { tenant: name },
      'a folder in Git is of no tenant here and does not say management: git; it is left alone',
    )
  }
  await putFile(parts, merged, file)
}

/** A file that was there and is gone is a deletion; one that was never there is not written yet. */
async function removeTenant(parts: IntakeParts, { tenant, since, commit }: Merged): Promise<void> {
  const before =
    since === undefined ? undefined : await parts.code.repository.read(fileOf(tenant), since).catch(() => undefined)
  if (before === undefined) return
  const request = { actor: actorOf({ commit }), dryRun: false, via: 'git' } as const
  try {
    await deleteResource(parts, { kind: 'Tenant', name: tenant }, request)
  } catch (thrown) {
    if (!(thrown instanceof KaasError) || thrown.code !== 'deletion-protected') throw thrown
    throw new KaasError('deletion-protected', {
      message: 'The file was removed, but the tenant is protected against deletion.',
      help: 'Put the file back; to delete the tenant, merge deletionProtection: false first and remove the file then.',
    })
  }
}

/** The tenant first: limits of what is in it follow from it. What is no longer in the file goes before what is new comes. */
async function putFile(parts: IntakeParts, merged: Merged, { tenant, children }: TenantFile): Promise<void> {
  const request = { actor: actorOf(merged), dryRun: false, via: 'git' } as const
  const failures: string[] = []
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    await work().catch((thrown: unknown) => {
      const error = asKaasError(thrown)
      if (error.retriable || error.kind === 'bug') throw thrown
      failures.push(`${what}: ${error.message} ${error.help ?? ''}`.trim())
    })
  }
  // Shares first: a topic that is shared cannot go.
  const stored: readonly StoredResource[] = [
    ...(await allOf(parts.store, 'TopicShare', merged.tenant)),
    ...(await allOf(parts.store, 'Topic', merged.tenant)),
    ...(await allOf(parts.store, 'User', merged.tenant)),
  ]
  // Who manages a tenant is decided by the API; its file only says so.
  await putResource(parts, { ...tenant, spec: { ...tenant.spec, management: 'git' } }, request)
  for (const old of stored) {
    if (old.deletionRequestedAt !== undefined || children.some((child) => isSameKey(child, old))) continue
    await attempt(`${old.kind} ${old.name}`, () => deleteResource(parts, keyOfDocument(documentOf(old)), request))
  }
  for (const child of children) {
    const old = stored.find((each) => isSameKey(child, each))
    if (old !== undefined && canonical(documentOf(old)) === canonical(child)) continue
    await attempt(`${child.kind} ${child.metadata.name}`, () => putResource(parts, child, request))
  }
  if (failures.length === 0) return
  throw new KaasError('document-invalid', { message: failures.join('\n'), help: 'Correct these documents and merge again.' })
}

function isSameKey({ kind, metadata }: ChildDocument, stored: StoredResource): boolean {
  return stored.kind === kind && stored.name === metadata.name
}

function actorOf({ commit }: Pick<Merged, 'commit'>): Actor {
  return { name: `git:${commit.slice(0, 12)}`, rule: 'merged-in-git', kind: 'git', via: 'git' }
}
