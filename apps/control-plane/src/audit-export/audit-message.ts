// SPDX-License-Identifier: Apache-2.0
/**
 * Audit records as records of Kafka: CloudEvents in structured mode (Kafka protocol binding 1.0.2), with the attributes as headers
 * as well, so that a reader can choose without reading JSON. The key is the subject: what happens to one resource stays in order. Pure.
 */
import type { AuditEventAnswer } from '@kaas/http-contract'
import type { NewRecord } from '@kaas/kafka-records'
import type { AuditRecord } from '@kaas/store'
import { cloudEventOf } from '../audit/cloud-event-of.ts'

/** Of a value. Kafka takes 1 MiB unless told otherwise; documents before and after can be larger together. */
const MOST_BYTES = 700_000

/** The record that goes to the topic. One that would be too large goes without its documents and says so. */
export function auditMessageOf(record: AuditRecord): NewRecord & { readonly value: Uint8Array; readonly key: Uint8Array } {
  const event = cloudEventOf(record)
  const whole = Buffer.from(JSON.stringify(event))
  const value = whole.length <= MOST_BYTES ? whole : Buffer.from(JSON.stringify(shortened(event)))
  return { key: Buffer.from(record.subject), value, headers: headersOf(event), timestamp: record.at.getTime() }
}

function shortened({ data: { before: _, after: __, ...data }, ...event }: AuditEventAnswer): object {
  return { ...event, data: { ...data, changes: [], shortened: 'Too large for a record; the database has all of it.' } }
}

function headersOf(event: AuditEventAnswer): NonNullable<NewRecord['headers']> {
  const { specversion, id, source, type, subject, time, sequence } = event
  const attributes = { specversion, id, source, type, subject, time, sequence }
  return [
    { name: 'content-type', value: Buffer.from('application/cloudevents+json; charset=UTF-8') },
    ...Object.entries(attributes).map(([name, value]) => ({ name: `ce_${name}`, value: Buffer.from(value) })),
  ]
}
