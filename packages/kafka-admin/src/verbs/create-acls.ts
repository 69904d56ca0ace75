// SPDX-License-Identifier: Apache-2.0
/** Adds ACLs. One that exists already stays as it is. */
import { createAcls as api } from '@kaas/kafka-protocol'
import type { Acl } from '../acl.ts'
import type { KafkaClient } from '../kafka-client.ts'
import { throwUnlessOk } from '../kafka-error.ts'
import { ACL_OPERATION, ACL_PATTERN, ACL_PERMISSION, ACL_RESOURCE } from '../kafka-values.ts'

/** Adds each of `acls`. Throws at the first that Kafka refuses; others may then exist. */
export async function createAcls(client: KafkaClient, acls: readonly Acl[]): Promise<void> {
  if (acls.length === 0) return
  const creations = acls.map((acl) => ({
    resourceType: ACL_RESOURCE[acl.resource],
    resourceName: acl.name,
    resourcePatternType: ACL_PATTERN[acl.pattern],
    principal: acl.principal,
    host: acl.host,
    operation: ACL_OPERATION[acl.operation],
    permissionType: ACL_PERMISSION[acl.permission],
  }))
  const answer = await client.ask(api, { creations }, { kind: 'controller' })
  for (const { errorCode, errorMessage } of answer.results) throwUnlessOk(errorCode, 'create ACLs', errorMessage)
}
