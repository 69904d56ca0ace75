// SPDX-License-Identifier: Apache-2.0
/** The documents of one tenant's file, checked as a whole: they belong to the tenant of its folder, and each stands once. Pure. */
import type { Resource, ResourceOf } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { parseDocuments } from '../code/tenant-documents.ts'

/** A topic, a user or a share. */
export type ChildDocument = ResourceOf<'Topic'> | ResourceOf<'User'> | ResourceOf<'TopicShare'>

/** A tenant and what is in it, as its file says. */
export interface TenantFile {
  readonly tenant: ResourceOf<'Tenant'>
  readonly children: readonly ChildDocument[]
}

/** Throws `document-invalid` or `name-invalid` for the first document that cannot be taken. */
export function readTenantFile(name: string, text: string): TenantFile {
  const documents = parseDocuments(text)
  const tenant = documents.find((each): each is ResourceOf<'Tenant'> => each.kind === 'Tenant')
  if (tenant === undefined) throw fileError('It has no Tenant.', 'Add the document of the tenant.')
  const children = documents.filter((each) => each !== tenant).map((each) => childOf(name, each))
  if (tenant.metadata.name !== name) {
    throw fileError(
      `Its Tenant is called "${tenant.metadata.name}".`,
      `Call it ${name}, as its folder is, or move the file.`,
    )
  }
  const keys = children.map(({ kind, metadata }) => `${kind} ${metadata.name}`)
  const twin = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twin !== undefined) throw fileError(`${twin} stands twice in it.`, 'Remove one of the two.')
  return { tenant, children }
}

function childOf(name: string, document: Resource): ChildDocument {
  const { kind, metadata } = document
  if (kind !== 'Topic' && kind !== 'User' && kind !== 'TopicShare') {
    throw fileError(`${kind} ${metadata.name} does not belong in it.`, 'Take it out.')
  }
  if (metadata.tenant === name) return document
  throw fileError(
    `${kind} ${metadata.name} belongs to tenant "${metadata.tenant}".`,
    `Set metadata.tenant to ${name}, or move it to the file of its tenant.`,
  )
}

function fileError(message: string, help: string): KaasError {
  return new KaasError('document-invalid', { message, help })
}
