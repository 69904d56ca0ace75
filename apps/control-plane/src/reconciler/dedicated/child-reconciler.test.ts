// SPDX-License-Identifier: Apache-2.0
import { topicSchema } from '@kaas/domain'
import type { StoredResource } from '@kaas/store'
import { expect, test } from 'vitest'
import { object, observing, ready, seen, storedTenant, viewOf } from '../../../test/code/pieces.ts'
import { type ChildObservation, stateOfChild } from './child-reconciler.ts'

const NOW = new Date('2026-01-02T00:00:00Z')
const written = storedTenant({}, observing({ writtenUpTo: NOW.toISOString() }))

function topic(parts: Partial<StoredResource<'Topic'>> = {}): StoredResource<'Topic'> {
  const spec = topicSchema.shape.spec.parse({ partitions: 3 })
  const head = {
    kind: 'Topic',
    tenant: 'shop',
    name: 'orders',
    uid: 't',
    generation: 1,
    labels: {},
    annotations: {},
  } as const
  return { ...head, spec, createdAt: NOW, updatedAt: NOW, ...parts }
}

function observation(parts: Partial<ChildObservation>): ChildObservation {
  return { child: topic(), tenant: written, view: viewOf(seen([])), object: undefined, ...parts }
}

const leaving = topic({ deletionRequestedAt: NOW })
const later = new Date(NOW.getTime() + 1)

test.each<[string, ChildObservation, string]>([
  ['has lost its tenant', observation({ tenant: undefined }), 'TenantNotReady'],
  ['has a tenant that goes', observation({ tenant: { ...written, deletionRequestedAt: NOW } }), 'TenantNotReady'],
  ['is newer than what Git holds', observation({ child: topic({ updatedAt: later }) }), 'NotWritten'],
  ['is in Git, and no Kubernetes is configured', observation({ view: { kind: 'unwatched' } }), 'Unseen'],
  ['is in Git, and Kubernetes is away', observation({ view: viewOf(seen([], { lostSince: NOW })) }), 'Unseen'],
  ['is in Git and not applied', observation({}), 'NotReady'],
  ['is applied and has no status', observation({ object: object('KafkaTopic', 'orders') }), 'NotReady'],
  [
    'was looked at before its last change',
    observation({ object: object('KafkaTopic', 'orders', { ...ready('True'), generation: 2 }) }),
    'NotReady',
  ],
  ['cannot be made', observation({ object: object('KafkaTopic', 'orders', ready('False', 'No.')) }), 'NotReady'],
  ['is as ordered', observation({ object: object('KafkaTopic', 'orders', ready('True')) }), 'Ready'],
  ['goes, and Git still has it', observation({ child: topic({ deletionRequestedAt: later }) }), 'Leaving'],
  ['goes, and its object is there', observation({ child: leaving, object: object('KafkaTopic', 'orders') }), 'Leaving'],
  ['goes, and nobody knows', observation({ child: leaving, view: { kind: 'unwatched' } }), 'Leaving'],
  ['is gone from Git and from Kubernetes', observation({ child: leaving }), 'Gone'],
  ['goes with its tenant', observation({ child: leaving, tenant: { ...written, deletionRequestedAt: NOW } }), 'Leaving'],
  [
    'went with its tenant',
    observation({
      child: leaving,
      tenant: storedTenant({}, { ...observing({ accessGone: true }), deletionRequestedAt: NOW }),
    }),
    'Gone',
  ],
  ['outlived its tenant', observation({ child: leaving, tenant: undefined }), 'Gone'],
])('a topic that %s', (_, seenAs, kind) => {
  const state = stateOfChild(seenAs)
  expect(state.kind).toBe(kind)
  expect(state.reason).toMatch(/\.$/)
})
