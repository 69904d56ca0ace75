// SPDX-License-Identifier: Apache-2.0
/**
 * Audit events of Kubernetes (audit.k8s.io/v1) as records of Kafka: CloudEvents like those of the product's own log. The key is the
 * object that was touched, so that what happens to one object stays in order. Pure.
 */
import type { KubernetesAuditEvent } from '@kaas/http-contract'
import type { AuditMessage } from '../audit-export/send-messages.ts'

/** Of a value. Kafka takes 1 MiB unless told otherwise. */
const MOST_BYTES = 700_000
/** Whose bodies hold what opens doors. Policies leave them out; one that does not is made up for here. */
const SECRET_BODIES: ReadonlySet<string> = new Set(['secrets', 'serviceaccounts/token', 'tokenreviews', 'tokenrequests'])

/** The record of an event in a cluster. */
export function kubernetesMessageOf(cluster: string, event: KubernetesAuditEvent): AuditMessage {
  const guarded = withoutSecrets(event)
  const attributes = attributesOf(cluster, guarded)
  const whole = bytesOf(attributes, guarded)
  const value = whole.length <= MOST_BYTES ? whole : bytesOf(attributes, shortened(guarded))
  const time = Date.parse(event.stageTimestamp)
  return {
    key: Buffer.from(attributes.subject),
    value,
    headers: [
      { name: 'content-type', value: Buffer.from('application/cloudevents+json; charset=UTF-8') },
      ...Object.entries(attributes).map(([name, text]) => ({ name: `ce_${name}`, value: Buffer.from(text) })),
    ],
    timestamp: Number.isNaN(time) ? 0 : time,
  }
}

function attributesOf(
  cluster: string,
  { auditID, stage, verb, stageTimestamp, objectRef, requestURI }: KubernetesAuditEvent,
) {
  const { namespace, resource, name, subresource } = objectRef ?? {}
  const path =
    resource === undefined ? requestURI.split('?')[0] : [namespace, resource, name, subresource].filter(Boolean).join('/')
  return {
    specversion: '1.0',
    id: `${auditID}/${stage}`,
    source: `/kubernetes/${cluster}`,
    type: `dev.kaas.audit.kubernetes.${verb}`,
    subject: `${cluster}/${path}`,
    time: stageTimestamp,
  }
}

function bytesOf(attributes: object, data: object): Buffer {
  return Buffer.from(JSON.stringify({ ...attributes, datacontenttype: 'application/json', data }))
}

function withoutSecrets(event: KubernetesAuditEvent): KubernetesAuditEvent {
  const { resource = '', subresource } = event.objectRef ?? {}
  const what = subresource === undefined ? resource : `${resource}/${subresource}`
  return SECRET_BODIES.has(what) ? withoutBodies(event) : event
}

function withoutBodies({ requestObject: _, responseObject: __, ...event }: KubernetesAuditEvent): KubernetesAuditEvent {
  return event
}

function shortened(event: KubernetesAuditEvent): object {
  const { annotations: _, ...rest } = withoutBodies(event)
  return { ...rest, shortened: 'Too large for a record; bodies were left out.' }
}
