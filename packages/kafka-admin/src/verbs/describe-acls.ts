// SPDX-License-Identifier: Apache-2.0
/** Which ACLs a cluster has, filtered by the broker. */
import { describeAcls as api } from '@kaas/kafka-protocol'
import { type Acl, type AclFilter, aclOf, renderAclFilter } from '../acl.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'

/** All ACLs that `filter` fits; an ACL of a kind that only a newer Kafka knows is left out. */
export async function describeAcls(client: KafkaClient, filter: AclFilter): Promise<readonly Acl[]> {
  const answer = await client.ask(api, renderAclFilter(filter))
  throwUnlessOk(answer.errorCode, 'describe ACLs', answer.errorMessage)
  return answer.resources.flatMap(({ acls, ...resource }) => acls.flatMap((acl) => aclOf({ ...resource, ...acl }) ?? []))
}
