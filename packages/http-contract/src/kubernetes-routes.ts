// SPDX-License-Identifier: Apache-2.0
/** What API servers of Kubernetes tell: their audit log, by the webhook that they have for it. */
import { z } from 'zod'
import type { Route } from './route.ts'

/** As much of an event (audit.k8s.io/v1) as is looked at; the rest goes along. */
const kubernetesAuditEventSchema = z.looseObject({
  auditID: z.string().min(1).max(100),
  stage: z.string().min(1).max(50),
  verb: z.string().max(50).default('unknown'),
  requestURI: z.string().default(''),
  stageTimestamp: z.string().max(50),
  objectRef: z
    .looseObject({
      namespace: z.string().optional(),
      resource: z.string().optional(),
      name: z.string().optional(),
      subresource: z.string().optional(),
    })
    .optional(),
})
/** One event. */
export type KubernetesAuditEvent = Readonly<z.output<typeof kubernetesAuditEventSchema>>

const kubernetesAuditEventsSchema = z
  .looseObject({
    kind: z.literal('EventList'),
    apiVersion: z.literal('audit.k8s.io/v1'),
    items: z.array(kubernetesAuditEventSchema).max(10_000),
  })
  .describe('An EventList of audit.k8s.io/v1')
/** What one call of the webhook brings. */
export type KubernetesAuditEvents = Readonly<z.output<typeof kubernetesAuditEventsSchema>>

/** The routes of API servers. */
export const KUBERNETES_ROUTES = {
  kubernetesAudit: {
    id: 'kubernetesAudit',
    method: 'POST',
    path: '/v1/kubernetes/{cluster}/audit',
    summary:
      'Takes audit events of a Kubernetes cluster; answers when they are in Kafka. For audit webhooks of API servers.',
    access: 'api-server',
    // The webhook sends ten megabytes at most, when it is told to cut.
    largestBody: 12 * 1024 * 1024,
    params: z.object({
      cluster: z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/, 'A DNS name of at most 63 characters'),
    }),
    body: kubernetesAuditEventsSchema,
    answers: { 200: z.object({ taken: z.number().int() }) },
  },
} as const satisfies Record<string, Route>
