// SPDX-License-Identifier: Apache-2.0
/**
 * Every chart with every example: what Helm renders is what is committed (`UPDATE_EXPECTED=1` writes it anew), and a real API
 * server takes each object. All requests are dry runs.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { CHARTS, CHARTS_FOLDER, EXAMPLES, type Example, expectedFile, type Json, objectsOf } from '../../charts/charts.ts'
import { KubeApi } from '../lane/kube-api.ts'
import { ensureBinaries } from '../machine/ensure-binaries.ts'

/** Kinds of which no definition is in reach of the tests. */
const WITHOUT_DEFINITION = ['HTTPRoute']

let helm: string
let api: KubeApi

beforeAll(async () => {
  helm = (await ensureBinaries(['controlplane'], console.log)).helm
  api = new KubeApi(inject('kubeconfig'))
}, 45 * 60_000)
afterAll(() => api?.close())

function render({ chart, release, namespace, example }: Example): string {
  const values = `${CHARTS_FOLDER}/${chart}/examples/${example}.yaml`
  return execFileSync(helm, ['template', release, `${CHARTS_FOLDER}/${chart}`, '-n', namespace, '-f', values], {
    encoding: 'utf8',
  })
}

describe('what is reviewed is what is installed: Helm renders the golden file of', () => {
  test.each(EXAMPLES)('$chart, example $example', (example) => {
    const text = render(example)
    if (process.env.UPDATE_EXPECTED === '1') writeFileSync(expectedFile(example), text)
    expect(text).toBe(readFileSync(expectedFile(example), 'utf8'))
  })
})

describe('a real API server takes every object of', () => {
  test.each(EXAMPLES)('$chart, example $example', async (example) => {
    const objects = objectsOf(example).filter(({ kind }) => !WITHOUT_DEFINITION.includes(kind))
    expect(objects.length).toBeGreaterThan(0)
    const problems = await Promise.all(objects.map(problemOf))
    expect(problems.filter((problem) => problem !== undefined)).toEqual([])
  })
})

describe('a cluster that is too old is refused before anything is changed', () => {
  test.each(CHARTS)('by the chart $chart [R25]', ({ chart }) => {
    const { example } = EXAMPLES.find((each) => each.chart === chart) as Example
    const values = `${CHARTS_FOLDER}/${chart}/examples/${example}.yaml`
    const old = spawnSync(helm, ['template', 'x', `${CHARTS_FOLDER}/${chart}`, '-f', values, '--kube-version', '1.29.0'], {
      encoding: 'utf8',
    })
    expect(old.status).not.toBe(0)
    expect(old.stderr).toContain('kubeVersion: >=1.30.0-0')
  })
})

/** The server's words, when it refuses. The namespace is one that exists in every cluster; the name is of nothing that was installed. */
async function problemOf(object: Json): Promise<string | undefined> {
  const { namespace, ...given } = object.metadata
  const metadata = { ...given, name: `judged-${given.name}` }
  const placed = { ...object, metadata: namespace === undefined ? metadata : { ...metadata, namespace: 'default' } }
  try {
    await api.apply(placed, { dryRun: true })
    return undefined
  } catch (error) {
    return `${object.kind} ${metadata.name}: ${error instanceof Error ? error.message : error}`
  }
}
