// SPDX-License-Identifier: Apache-2.0
/**
 * What a role lets a user do, for every isolation level: on a shared cluster on the names of the tenant's prefix, on a cluster
 * of its own on all names. Where the rights are written down (ACLs by the control plane, KafkaUsers by the planner) is not here.
 */
import type { AccessRule, UserSpec } from './resources/user.ts'

/** Operations on one sort of resource. */
export type RoleRight = readonly [AccessRule['resource'], readonly AccessRule['operations'][number][]]

/**
 * Decided with Kafka's own table of operations. `admin` may do all to topics, groups and transactional ids. `producer` writes,
 * and may create the topic it writes to; describing is for metadata, and writing includes idempotence (KIP-679). Transactions
 * need write and describe on the transactional id. `consumer` reads topics and groups. It may not delete a group: groups of
 * other applications have names in the same range. Who reads, processes and writes in transactions has both roles.
 * Describing configs is in none but `admin`.
 */
export const ROLE_RIGHTS: Readonly<Record<UserSpec['roles'][number], readonly RoleRight[]>> = {
  admin: [
    ['topic', ['all']],
    ['group', ['all']],
    ['transactionalId', ['all']],
  ],
  producer: [
    ['topic', ['write', 'describe', 'create']],
    ['transactionalId', ['write', 'describe']],
  ],
  consumer: [
    ['topic', ['read', 'describe']],
    ['group', ['read', 'describe']],
  ],
}
