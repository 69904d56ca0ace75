// SPDX-License-Identifier: Apache-2.0
import { KaasError } from '@kaas/errors'
import { expect, test } from 'vitest'
import { object, seen, viewOf } from '../../../../test/code/pieces.ts'
import { type ClusterSight, type TenantView, withKnownLoss } from '../../../code/cluster-view.ts'
import { lostMs } from './observe-removal.ts'

const NOW = new Date(60_000)
const AWAY = { lostSince: new Date(0) }
const ABSENT: ClusterSight = { kind: 'absent' }
const initialized = {
  conditions: [{ type: 'ControlPlaneInitialized', status: 'True', reason: '', message: '', since: '2026-01-01T00:00:00Z' }],
} as const
const running = object('Cluster', 'shop', initialized)
const ending = object('Cluster', 'shop', { ...initialized, deletingSince: '2026-01-01T00:00:00Z' })
const error = new KaasError('kubernetes-unavailable', { message: 'Its kubeconfig cannot be read.', help: 'Wait.' })

test.each<[string, TenantView, number | undefined]>([
  ['is heard: it is emptied in order', viewOf(seen([running]), seen([])), undefined],
  ['is away: since when', viewOf(seen([running]), seen([], AWAY)), 60_000],
  ['is away, and so is the management cluster: nobody knows', viewOf(seen([running], AWAY), seen([], AWAY)), undefined],
  ['is being ended: what is inside goes with it', viewOf(seen([ending]), seen([])), Number.POSITIVE_INFINITY],
  ['never came up: nothing can be in it', viewOf(seen([object('Cluster', 'shop')]), ABSENT), Number.POSITIVE_INFINITY],
  ['was never made', viewOf(seen([]), ABSENT), Number.POSITIVE_INFINITY],
  [
    'runs, and somebody took its kubeconfig: it is not given up',
    viewOf(seen([running]), withKnownLoss('shop', seen([running]), ABSENT)),
    0,
  ],
  [
    'is being ended by a person who saw that: the removal goes on',
    viewOf(seen([ending]), withKnownLoss('shop', seen([ending]), ABSENT)),
    Number.POSITIVE_INFINITY,
  ],
  ['cannot be looked for: it is not given up', viewOf(seen([running]), { kind: 'unseen', error }), 0],
])('the cluster of a tenant that is being deleted %s', (_, view, expected) => {
  expect(lostMs(view, NOW)).toBe(expected)
})
