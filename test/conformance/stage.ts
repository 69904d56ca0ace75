// SPDX-License-Identifier: Apache-2.0
/**
 * What the story is played on: one Kafka, the product before it, and two tenants with the same content. One is used through
 * the gateway, the other directly at the broker under its physical names, so that both answers can be compared.
 */
import { type Kafka, type Product, startKafka, startProduct, type TestKafkaOptions } from '@kaas/testkit'
import type { Mechanism, Target } from './client.ts'
import { createTenant, createTopic, createUser } from './orders.ts'

/** The tenant behind the gateway. */
export const TENANT = 'orders'
/** The tenant that is used directly. */
export const DIRECT_TENANT = 'direct'
/** Topics of both tenants, with their partitions. */
export const TOPICS = { events: 3, committed: 3 } as const

/** Members of the newer protocols speak every five seconds by default: tests would wait for nothing else. */
export const QUICK_GROUPS: Readonly<Record<string, string>> = Object.fromEntries(
  ['consumer', 'share', 'streams'].flatMap((type) => [
    [`group.${type}.min.heartbeat.interval.ms`, '100'],
    [`group.${type}.heartbeat.interval.ms`, '200'],
  ]),
)

const DIRECT_PLAIN_PASSWORD = 'of-the-broker'

export interface Stage {
  readonly kafka: Kafka
  readonly product: Product
  /** The tenant that is used through the gateway. */
  readonly tenant: string
  /** Through the gateway, by TLS, as a user of `orders`. */
  gateway(mechanism: Mechanism): Target
  /** Straight to the broker, as a user of `direct`. */
  direct(mechanism: Mechanism): Target
  stop(): Promise<void>
}

/** Starts everything, Kafka as the caller wants it, and orders both tenants. */
export async function setStage(options: TestKafkaOptions = {}): Promise<Stage> {
  const kafka = await startKafka({ plainUsers: { [`${DIRECT_TENANT}.app`]: DIRECT_PLAIN_PASSWORD }, ...options })
  const product = await startProduct({ kafka }).catch(async (error: unknown) => {
    await kafka.stop()
    throw error
  })
  const passwords = await Promise.all([orderAll(product, TENANT), orderAll(product, DIRECT_TENANT)])
  const loginOf = (tenant: 0 | 1, mechanism: Mechanism) => {
    const user = mechanism === 'SCRAM-SHA-256' ? 'older' : 'app'
    return { mechanism, username: `${[TENANT, DIRECT_TENANT][tenant]}.${user}`, password: passwords[tenant][user] }
  }
  return {
    kafka,
    product,
    tenant: TENANT,
    gateway: (mechanism) => ({ bootstrapServers: product.kafka, caFile: product.caFile, ...loginOf(0, mechanism) }),
    direct: (mechanism) => ({
      bootstrapServers: kafka.bootstrapServers,
      ...loginOf(1, mechanism),
      ...(mechanism === 'PLAIN' && { password: DIRECT_PLAIN_PASSWORD }),
    }),
    stop: async () => {
      await product.stop()
      await kafka.stop()
    },
  }
}

/** A tenant with its topics and one user for each SCRAM mechanism. Resolves with the passwords. */
async function orderAll(product: Product, tenant: string): Promise<{ readonly app: string; readonly older: string }> {
  await createTenant(product.client, tenant)
  const [app, older] = await Promise.all([
    createUser(product.client, tenant, 'app', { roles: ['admin'] }),
    createUser(product.client, tenant, 'older', { roles: ['admin'], authentication: 'scram-sha-256' }),
    ...Object.entries(TOPICS).map(([name, partitions]) => createTopic(product.client, tenant, name, { partitions })),
  ])
  return { app, older }
}
