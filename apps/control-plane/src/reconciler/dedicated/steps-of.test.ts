// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { object, ready, seen, viewOf } from '../../../test/code/pieces.ts'
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
