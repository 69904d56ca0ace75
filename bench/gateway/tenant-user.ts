// SPDX-License-Identifier: Apache-2.0
/** A tenant's user `app` as the control plane makes it in Kafka: a password, and all rights on the tenant's prefix. */
import { randomBytes } from 'node:crypto'
import { type KafkaAdmin, openKafkaAdmin } from '@kaas/kafka-admin'
import { saltPassword } from '@kaas/kafka-protocol'
import type { Kafka } from '@kaas/testkit'

/** How the user logs in, by SCRAM-SHA-512. */
export interface LogIn {
  readonly username: string
  readonly password: string
}

/** An administrator of the cluster. Close it. */
export function administratorOf(kafka: Kafka): KafkaAdmin {
  return openKafkaAdmin({
    bootstrapServers: kafka.bootstrapServers.split(','),
    credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
    clientId: 'bench',
    callTimeoutMs: 60_000,
  })
}

/** Makes the user. `anyGroup` lets her join groups outside of the prefix, as a tool must that goes to the broker directly. */
export async function createTenantUser(admin: KafkaAdmin, tenant: string, anyGroup = false): Promise<LogIn> {
  const login = { username: `${tenant}.app`, password: randomBytes(12).toString('hex') }
  const salt = randomBytes(16)
  const credential = { user: login.username, mechanism: 'SCRAM-SHA-512', iterations: 4096, salt } as const
  const saltedPassword = saltPassword('SCRAM-SHA-512', login.password, salt, 4096)
  await admin.upsertScramCredentials([{ ...credential, saltedPassword }])
  const acl = { principal: `User:${login.username}`, host: '*', permission: 'allow', operation: 'all' } as const
  const own = { ...acl, name: `${tenant}.`, pattern: 'prefixed' } as const
  await admin.createAcls([
    { ...own, resource: 'topic' },
    { ...own, resource: 'group' },
    ...(anyGroup ? [{ ...acl, resource: 'group', name: '*', pattern: 'literal' } as const] : []),
  ])
  return login
}
