// SPDX-License-Identifier: Apache-2.0
/** Shares of topics in tests: put, waited for, and looked after at Kafka itself. */
import { API_VERSION } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { type ApiClient, describeKind } from '@kaas/http-contract'
import { openKafkaAdmin } from '@kaas/kafka-admin'
import { type Kafka, waitFor } from '@kaas/testkit'

/** Shares of one product. */
export interface Shares {
  put(name: string, spec: object, tenant?: string): Promise<void>
  /** Its condition Ready. */
  standing(name: string): Promise<{ readonly reason: string } | undefined>
  /** Waits until it is ready for the generation that is stored now. */
  ready(name: string, tenant?: string): Promise<void>
  /** Waits until it is removed. */
  gone(name: string): Promise<void>
  /** Names of topics on which users of the tenant have rights of their own. */
  rightsOf(tenant: string): Promise<readonly string[]>
}

/** Where nobody says another tenant, shares are those of `owner`. */
export function sharesOf(client: ApiClient, kafka: Kafka, owner: string): Shares {
  const keyOf = (name: string, tenant = owner) => ({ kind: describeKind('TopicShare'), tenant, name })
  return {
    async put(name, spec, tenant = owner) {
      const metadata = { name, tenant }
      await client.put(keyOf(name, tenant), { apiVersion: API_VERSION, kind: 'TopicShare', metadata, spec })
    },
    standing: async (name) => (await client.get(keyOf(name))).status?.conditions.find(({ type }) => type === 'Ready'),
    async ready(name, tenant) {
      const isReady = async () => {
        const { status, metadata } = await client.get(keyOf(name, tenant))
        const isOn = status?.conditions.some(({ type, status: said }) => type === 'Ready' && said === 'True') ?? false
        return isOn && status?.observedGeneration === metadata.generation
      }
      await waitFor(isReady, { what: `the share ${name} to be ready` })
    },
    async gone(name) {
      const isGone = () => client.get(keyOf(name)).then(() => false, isAbsent)
      await waitFor(isGone, { what: `the share ${name} to be gone` })
    },
    async rightsOf(tenant) {
      const admin = openKafkaAdmin({
        bootstrapServers: [kafka.bootstrapServers],
        credentials: { ...kafka.admin, mechanism: 'SCRAM-SHA-512' },
        clientId: 'shares',
      })
      const acls = await admin.describeAcls({}).finally(() => admin.close())
      return acls.filter(({ principal }) => principal.startsWith(`User:${tenant}.`)).map(({ name }) => name)
    },
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof KaasError && error.code === 'resource-absent'
}
