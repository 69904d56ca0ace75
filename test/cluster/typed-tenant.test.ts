// SPDX-License-Identifier: Apache-2.0
/**
 * The commands that a user types for a Kafka of her own, from the order to giving up the data, against a real API server and the real
 * Flux. Strimzi's operator and cert-manager are played by actors.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { tenantDefinition } from '@kaas/kube'
import { type ControlPlaneProcess, runProgram, temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { playCertManager } from './actors/certificate-issuer.ts'
import { playStrimzi } from './actors/strimzi-operator.ts'
import { STRIMZI, untilGone } from './lane/conditions.ts'
import { startLaneControlPlane } from './lane/control-plane.ts'
import { KubeApi } from './lane/kube-api.ts'
import type { LaneAddress } from './lane/lane.ts'
import { layOut } from './lane/lay-out.ts'

const KAAS = fileURLToPath(new URL('../../apps/cli/bin/kaas.js', import.meta.url))
const NAMESPACE = 'kaas-typed'
const LONG = { timeout: 200_000 }
const lane = inject('lane') as LaneAddress
const home = temporaryDirectory('typed')
const stops: (() => unknown)[] = []
let api: KubeApi
let plane: ControlPlaneProcess

beforeAll(async () => {
  api = new KubeApi(lane.kubeconfig)
  await layOut(lane, api)
  await api.apply(parse(tenantDefinition()))
  stops.push(playCertManager(api, join(home, 'issuer')), playStrimzi(api, join(home, 'strimzi')))
  plane = await startLaneControlPlane(lane)
})
afterAll(async () => {
  await plane?.stop()
  for (const stop of stops) await stop()
  api?.close()
})

/** What the command printed, on both streams. It must end well. */
async function kaas(command: string): Promise<string> {
  const env = { PATH: process.env.PATH ?? '', KAAS_HOME: home, KAAS_API_URL: plane.url, KAAS_TOKEN_FILE: plane.tokenFile }
  const { stdout, stderr } = await runProgram(process.execPath, [KAAS, ...command.split(' ')], { env, timeoutMs: 190_000 })
  return stdout + stderr
}

describe('a Kafka of one’s own by commands', () => {
  test('is ordered, and the command ends when it is ready', LONG, async () => {
    const printed = await kaas('create tenant typed --isolation namespace --produce 20MB/s --consume 60MB/s --retention 3d')
    expect(printed).toContain('tenant/typed created')
    expect(printed).toContain('tenant/typed is ready')
    expect(await kaas('create topic orders --tenant typed --partitions 12')).toContain('topic/orders is ready')
    expect(await kaas('create user app --tenant typed --role admin')).toContain('user/app is ready')
  })

  test('shows its steps, all done, and where it is', LONG, async () => {
    await kaas('wait tenant/typed --for Ready --timeout 2m')
    const described = await kaas('describe tenant typed')
    for (const step of ['Git', 'Kafka']) expect(described).toMatch(new RegExp(`✓ +${step}`))
    expect(described).toContain('typed.kafka.example.org')
    expect(await kaas('get tenants')).toMatch(/typed .*namespace .*True/)
  })

  test('connects: one file with address, CA, certificate and key', async () => {
    const file = join(home, 'client.properties')
    await kaas(`connect typed --user app --format properties --out ${file}`)
    const properties = readFileSync(file, 'utf8')
    expect(properties).toMatch(/^bootstrap\.servers=bootstrap-tls\.typed\.kafka\.example\.org:443$/m)
    expect(properties).toMatch(/^security\.protocol=SSL$/m)
    for (const part of ['ssl.keystore.key', 'ssl.keystore.certificate.chain', 'ssl.truststore'])
      expect(properties).toContain(part)
  })

  test('grows: first it is said what that does, then it is done [R145]', LONG, async () => {
    const pools = { apiVersion: STRIMZI, kind: 'KafkaNodePool' }
    const replicas = async () =>
      (await api.list(pools, NAMESPACE)).reduce((sum, { spec }) => sum + (spec as { readonly replicas: number }).replicas, 0)
    const before = await replicas()
    const order = 'scale tenant typed --produce 400MB/s --consume 1200MB/s'
    expect(await kaas(`${order} --dry-run`)).toMatch(/brokers/)
    expect(await replicas()).toBe(before)
    expect(await kaas(`${order} --yes`)).toContain('tenant/typed is ready')
    expect(await replicas()).toBeGreaterThan(before)
  })

  test('is given up: Kafka first, then, typed once more, its data', LONG, async () => {
    await kaas('delete tenant typed --yes')
    expect(await api.get({ apiVersion: STRIMZI, kind: 'Kafka' }, 'typed', NAMESPACE)).toBeUndefined()
    expect(await api.get({ apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)).toBeDefined()
    await kaas('purge tenant typed --yes')
    await untilGone(api, { apiVersion: 'v1', kind: 'Namespace' }, NAMESPACE)
  })
})
