// SPDX-License-Identifier: Apache-2.0
/**
 * Users of virtual tenants that an empty database takes over. Git lists them, and Kafka still has what they log in with: a new password
 * would lock their applications out.
 */
import type { Resource } from '@kaas/domain'
import { claimFileOf } from '../code/claim-file.ts'
import { documentsIn, fileOf } from '../code/tenant-documents.ts'
import type { ServiceParts } from './service-parts.ts'

/** True when Git has a claim of her tenant and lists her: she was there before this database knew of her. */
export async function keepsPassword({ code }: ServiceParts, { kind, metadata }: Resource): Promise<boolean> {
  if (kind !== 'User' || code === undefined || metadata.tenant === undefined) return false
  const { tenant, name } = metadata
  if ((await code.repository.read(claimFileOf(tenant)).catch(() => undefined)) === undefined) return false
  const documents = documentsIn(await code.repository.read(fileOf(tenant)))
  return documents.some((each) => each.kind === 'User' && each.metadata.name === name)
}
