// SPDX-License-Identifier: Apache-2.0
/** KafkaUser: log-in, rights and quotas of a user. */
import { parseRate, type User } from '@kaas/domain'
import { kafkaAclsFor } from './kafka-acls.ts'
import type { Manifest } from './manifest.ts'
import { clusterLabelsOf, metadataOf, userNameOf } from './names-of.ts'
import type { CheckedInput } from './tenant-input.ts'

/** The user under its full name, which is what it logs in with and what its certificate says. */
export function kafkaUserFor({ tenant, plan }: CheckedInput, user: User): Omit<Manifest, 'path'> {
  const { authentication, quotas } = user.spec
  const perBroker = (rate: string) => Math.max(1, Math.ceil(parseRate(rate) / plan.brokers))
  const own = {
    ...(quotas.produce === undefined ? {} : { producerByteRate: perBroker(quotas.produce) }),
    ...(quotas.consume === undefined ? {} : { consumerByteRate: perBroker(quotas.consume) }),
  }
  const acls = kafkaAclsFor(user.spec)
  return {
    object: {
      apiVersion: 'kafka.strimzi.io/v1',
      kind: 'KafkaUser',
      metadata: { ...metadataOf(tenant, userNameOf(tenant, user)), labels: clusterLabelsOf(tenant) },
      spec: {
        authentication: { type: authentication },
        authorization: { type: 'simple', acls },
        ...(Object.keys(own).length === 0 ? {} : { quotas: own }),
      },
    },
    because: Object.keys(own).map((name) => ({
      path: ['spec', 'quotas', name],
      reason: `the user's quota by ${plan.brokers} brokers, F21`,
    })),
  }
}
