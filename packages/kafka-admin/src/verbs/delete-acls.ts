// SPDX-License-Identifier: Apache-2.0
/** Deletes ACLs by filter. */
import { deleteAcls as api } from '@kaas/kafka-protocol'
import { type AclFilter, renderAclFilter } from '../acl.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** Deletes all ACLs that fit any of `filters` and returns how many those were. An `Acl` is a filter that fits only itself. */
export async function deleteAcls(client: KafkaClient, filters: readonly AclFilter[]): Promise<number> {
  if (filters.length === 0) return 0
  const answer = await client.ask(api, { filters: filters.map(renderAclFilter) }, { kind: 'controller' })
  let deleted = 0
  for (const { errorCode, errorMessage, matchingAcls } of answer.filterResults) {
    throwUnlessOk(errorCode, 'delete ACLs', errorMessage)
    for (const acl of matchingAcls) throwUnlessOk(acl.errorCode, `delete ACL of ${acl.principal}`, acl.errorMessage)
    deleted += matchingAcls.length
  }
  return deleted
}
