// SPDX-License-Identifier: Apache-2.0
import { parsePlatformProfile } from '@kaas/planner'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { PLATFORM } from '../../test/code/git-installation.ts'
import { storedTenant } from '../../test/code/pieces.ts'
import { renderedBefore } from './rendered-before.ts'

const platform = parsePlatformProfile(parse(PLATFORM))
const KAFKA = 'tenants/shop/kafka/kafka-shop.yaml'
const running = (ready: 'True' | 'False') =>
  storedTenant(
    {},
    {
      status: {
        conditions: [{ type: 'Ready', status: ready, reason: 'x', message: 'x', since: '2026-01-01T00:00:00Z' }],
        observedGeneration: 1,
        observed: { kafkaVersion: '4.2.0', kafkaMetadataVersion: '4.2-IV1' },
      },
    },
  )
const at = (metadata: string) => async (path: string) =>
  path === KAFKA ? `spec:\n  kafka:\n    metadataVersion: ${metadata}\n` : undefined

test('an upgrade knows what runs, so that metadata waits for the brokers', async () => {
  const before = await renderedBefore(running('True'), platform, [KAFKA], at('4.2-IV1'))
  expect(before.running.get('shop')).toEqual({ kafkaVersion: '4.2.0', kafkaMetadataVersion: '4.2-IV1', settled: true })
  expect(before.read(KAFKA)).toContain('metadataVersion')
})

test('metadata that was written to Git is not taken back while the brokers restart for it', async () => {
  const before = await renderedBefore(running('False'), platform, [KAFKA], at('4.3-IV0'))
  expect(before.running.size).toBe(0)
})

test('a tenant of which nothing runs yet gets what it asks for at once', async () => {
  expect((await renderedBefore(storedTenant(), platform, [], at('4.2-IV1'))).running.size).toBe(0)
})
