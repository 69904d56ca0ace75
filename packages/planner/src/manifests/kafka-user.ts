// SPDX-License-Identifier: Apache-2.0
/** KafkaUser: log-in, rights and quotas of a user. */
import type { User } from '@kaas/domain'
import { kafkaAclsFor } from './kafka-acls.ts'
import { userQuotasFor } from './kafka-quotas.ts'
import type { Manifest } from './manifest.ts'
import { clusterLabelsOf, metadataOf, userNameOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The user under its full name, which is what it logs in with and what its certificate says. Throws as userQuotasFor does. */
export function kafkaUserFor(input: CheckedInput, user: User): Omit<Manifest, 'path'> {
  const { tenant } = input
  const quotas = userQuotasFor(input, user)
  const acls = kafkaAclsFor(user.spec)
  return {
    object: {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaUser',
      metadata: { ...metadataOf(tenant, userNameOf(tenant, user)), labels: clusterLabelsOf(tenant) },
      spec: {
        authentication: { type: user.spec.authentication },
        authorization: { type: 'simple', acls },
        ...(quotas.length === 0 ? {} : { quotas: Object.fromEntries(quotas.map(({ name, value }) => [name, value])) }),
      },
    },
    because: quotas.map(({ name, reason }) => ({ path: ['spec', 'quotas', name], reason })),
  }
}
