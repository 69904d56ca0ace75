// SPDX-License-Identifier: Apache-2.0
/**
 * Every committed render, judged by a real API server: schemas, CEL rules, admission. All requests are dry runs, so this file also
 * runs against a cluster of yours (KUBECONFIG) that has the definitions of the platform.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Applied, KubeApi, type KubeObject } from '../lane/kube-api.ts'
import { readObjects } from '../lane/read-objects.ts'
import { REFUSED } from './refused-objects.ts'

const EXPECTED = fileURLToPath(new URL('../../../packages/planner/test/expected/', import.meta.url))
/** Exists in every cluster: an object with another namespace could only be judged after that one was made. */
const NAMESPACE = 'default'

let api: KubeApi

beforeAll(() => {
  api = new KubeApi(inject('kubeconfig'))
})

afterAll(() => api?.close())

describe('a real API server takes every object of', () => {
  test.each(goldenFiles())('%s [R152] [R153] [R154]', async (file) => {
    const objects = readObjects(readFileSync(`${EXPECTED}${file}`, 'utf8'))
    expect(objects.length).toBeGreaterThan(0)
    for (const object of objects) expect(await verdictOn(object)).toBe('taken')
  })
})

describe('a real API server refuses', () => {
  test.each(REFUSED)('$what', async ({ object, words }) => {
    expect(await verdictOn(object)).toMatch(words)
  })
})

function goldenFiles(): readonly string[] {
  return readdirSync(EXPECTED, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'))
}

/** `taken`, or the server's words with the object in front. */
async function verdictOn(object: KubeObject | Applied): Promise<string> {
  const { name, namespace } = object.metadata as KubeObject['metadata']
  const placed = { ...object, metadata: { ...object.metadata, ...(namespace !== undefined && { namespace: NAMESPACE }) } }
  try {
    await api.apply(placed, { dryRun: true })
    return 'taken'
  } catch (error) {
    return `${object.kind} ${name}: ${error instanceof Error ? error.message : error}`
  }
}
