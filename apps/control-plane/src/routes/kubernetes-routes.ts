// SPDX-License-Identifier: Apache-2.0
/** The route of API servers of Kubernetes: their audit log. */
import { KaasError } from '@kaas/errors'
import { FIXED_ROUTES, type KubernetesAuditEvents } from '@kaas/http-contract'
import type { FastifyInstance } from 'fastify'
import type { KubernetesAudit } from '../kubernetes-audit/kubernetes-audit.ts'
import { addRoute } from './add-route.ts'

/** Adds `POST /v1/kubernetes/{cluster}/audit`. Without `audit` it says what to configure. */
export function addKubernetesRoutes(server: FastifyInstance, audit: KubernetesAudit | undefined): void {
  addRoute(server, FIXED_ROUTES.kubernetesAudit, async ({ params: { cluster = '' }, body }) => {
    if (audit === undefined) {
      throw new KaasError('not-configured', {
        message: 'This installation sends no audit log to Kafka.',
        help: 'Set KAAS_AUDIT_CLUSTER and KAAS_KUBERNETES_AUDIT_TOKEN_FILE of the control plane.',
      })
    }
    const events = body as KubernetesAuditEvents
    await audit.save(cluster, events)
    return { taken: events.items.length }
  })
}
