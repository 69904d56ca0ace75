// SPDX-License-Identifier: Apache-2.0
/**
 * Puts what API servers of Kubernetes tell of themselves into a topic, before they are answered: what Kafka did not take is refused, and
 * they send it again (decision 0030). Nothing of it is kept here or in the database.
 */
import { asKaasError, KaasError } from '@kaas/errors'
import type { KubernetesAuditEvents } from '@kaas/http-contract'
import type { Store } from '@kaas/store'
import { type AuditTopic, ensureAuditTopic } from '../audit-export/audit-topic.ts'
import { sendMessages } from '../audit-export/send-messages.ts'
import { ClusterBusy, KafkaClusters } from '../kafka/kafka-clusters.ts'
import { kubernetesMessageOf } from './kubernetes-message.ts'

/** Where the events go. */
export interface KubernetesAuditOptions {
  /** Name of a KafkaCluster. */
  readonly cluster: string
  readonly topic: AuditTopic
}

/** API servers wait 30 s for an answer. */
const CALL_TIMEOUT_MS = 6_000
/** Reports worked on at once; each may be twelve megabytes. */
const MOST_AT_ONCE = 4

/** Owns a way into Kafka; `close` ends it. */
export class KubernetesAudit {
  readonly #store: Store
  readonly #options: KubernetesAuditOptions
  readonly #clusters = new KafkaClusters({
    placesPerCluster: MOST_AT_ONCE,
    callTimeoutMs: CALL_TIMEOUT_MS,
    clientId: 'kaas-kubernetes-audit',
  })
  /** Known since the topic was looked at; anew after a failure. */
  #partitions: number | undefined

  constructor(store: Store, options: KubernetesAuditOptions) {
    this.#store = store
    this.#options = options
  }

  /** Resolves when all events are in the topic. Throws `kafka-unavailable`, `rate-limited`, and what stands in the way of the topic. */
  async save(cluster: string, { items }: KubernetesAuditEvents): Promise<void> {
    const { admin, leave } = await this.#enter()
    try {
      this.#partitions ??= await ensureAuditTopic(admin, this.#options.topic)
      const target = { admin, topic: this.#options.topic.name, partitions: this.#partitions }
      let messages = items.map((event) => kubernetesMessageOf(cluster, event))
      while (messages.length > 0) messages = messages.slice(await sendMessages(target, messages))
      leave()
    } catch (thrown) {
      // It may have been deleted, or made anew with other partitions.
      this.#partitions = undefined
      leave(thrown)
      throw refused(asKaasError(thrown))
    }
  }

  async close(): Promise<void> {
    await this.#clusters.close()
  }

  async #enter() {
    const name = this.#options.cluster
    const cluster = await this.#store.loadResource({ kind: 'KafkaCluster', name })
    if (cluster === undefined) {
      throw new KaasError('not-configured', {
        message: `There is no KafkaCluster "${name}", which KAAS_AUDIT_CLUSTER names.`,
        help: 'Create it, or set KAAS_AUDIT_CLUSTER to the name of another.',
      })
    }
    try {
      return await this.#clusters.enter(name, cluster.spec)
    } catch (thrown) {
      throw thrown instanceof ClusterBusy ? busy() : refused(asKaasError(thrown))
    }
  }
}

function busy(): KaasError {
  return new KaasError('kafka-unavailable', {
    message: 'Too many audit events of Kubernetes are on their way into Kafka at once; these were not taken.',
    help: 'API servers send them again by themselves. Start more control planes when this stays.',
  })
}

function refused(cause: KaasError): KaasError {
  return new KaasError(cause.code, {
    message: `The audit events of Kubernetes were not taken, since Kafka does not take them: ${cause.message}`,
    help: 'API servers send them again by themselves, for some time. Bring Kafka back; docs/guides/audit.md says for how long.',
    cause,
  })
}
