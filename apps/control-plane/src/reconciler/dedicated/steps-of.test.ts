// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { object, ready, seen, viewOf } from '../../../test/code/pieces.ts'
import { withKnownLoss } from '../../code/cluster-view.ts'
import { stepsOf, stepToShow } from './steps-of.ts'

test('a cluster that is lost is shown as unknown, also after Flux has failed to reach it', () => {
  const apiVersion = 'kustomize.toolkit.fluxcd.io/v1'
  const applied = object('Kustomization', 'shop-kafka', { apiVersion, ...ready('False', 'connection refused') })
  const view = viewOf(seen([applied]), seen([], { lostSince: new Date(0) }))
  const files = { differing: 0, commit: 'a'.repeat(40), current: new Set<string>() }
  const shown = stepToShow(stepsOf('shop', 'cluster', files, view))
  expect(shown).toMatchObject({ name: 'kafka-applied', state: 'unknown', reason: 'ConnectionLost' })
  expect(shown?.message).toMatch(/^The cluster of the tenant is not heard since .*\. Check/)
})

test('a running cluster whose kubeconfig was deleted is shown as unknown, with the Secret that is missing', () => {
  const initialized = { type: 'ControlPlaneInitialized', status: 'True', reason: '', message: '', since: '' } as const
  const management = seen([object('Cluster', 'shop', { conditions: [initialized] })])
  const view = viewOf(management, withKnownLoss('shop', management, { kind: 'absent' }))
  const files = { differing: 0, commit: 'a'.repeat(40), current: new Set<string>() }
  const shown = stepToShow(stepsOf('shop', 'cluster', files, view))
  expect(shown).toMatchObject({ state: 'unknown', message: expect.stringMatching(/no Secret shop-kubeconfig .* Wait/) })
  const young = seen([object('Cluster', 'shop')])
  expect(withKnownLoss('shop', young, { kind: 'absent' }), 'one that comes up').toEqual({ kind: 'absent' })
})

test('what Flux says after its commits were asked of Git waits for the next look, and turns nobody unready', () => {
  const [asked, newer] = ['a'.repeat(40), 'b'.repeat(40)]
  const source = (commit: string) =>
    object('GitRepository', 'kaas', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      status: { artifact: { revision: `main@sha1:${commit}` } },
    })
  const later = seen([source(newer)])
  if (later.kind !== 'seen') throw new Error('It is seen.')
  const files = { differing: 0, commit: asked, current: new Set([asked]) }
  const steps = stepsOf('shop', 'namespace', files, viewOf({ ...later, objects: [source(asked)] }))
  expect(steps.find(({ name }) => name === 'source')).toMatchObject({ state: 'done' })
})
