// SPDX-License-Identifier: Apache-2.0
/** Audit records as CloudEvents 1.0: what the API answers and what goes to Kafka. Pure. */
import type { AuditEventAnswer } from '@kaas/http-contract'
import type { AuditRecord } from '@kaas/store'
import { type Change, diffDocuments } from '../services/diff-documents.ts'

const SEQUENCE_DIGITS = 15

/** The event of a record. */
export function cloudEventOf(record: AuditRecord): AuditEventAnswer {
  const { id, sequence, at, subject, action, ...data } = record
  return {
    specversion: '1.0',
    id,
    source: '/kaas/control-plane',
    type: `dev.kaas.audit.${action}`,
    subject,
    time: at.toISOString(),
    datacontenttype: 'application/json',
    sequence: String(sequence).padStart(SEQUENCE_DIGITS, '0'),
    data: { ...data, action, changes: [...changesOf(record)] },
  }
}

/** What differs, with the paths of documents. Documents are stored with their generation, which says nothing here. */
function changesOf({ before, after, via }: AuditRecord): readonly Change[] {
  // What gateways add is how often and when, and changes nothing.
  if (via === 'gateway') return []
  return diffDocuments(contentOf(before), contentOf(after))
}

function contentOf(stored: unknown): unknown {
  if (typeof stored !== 'object' || stored === null || !('spec' in stored)) return stored
  const { labels, annotations, spec } = stored as { labels?: unknown; annotations?: unknown; spec: unknown }
  return { metadata: { labels, annotations }, spec }
}
