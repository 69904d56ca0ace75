// SPDX-License-Identifier: Apache-2.0
/**
 * What a tenant is told while Flux works, by statuses that kustomize-controller 1.9 wrote in the lane: commits of a neighbour, one of the
 * tenant's own, one that the API server refuses, and a Kafka that fell ill.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { appliedJudgement, commitOfRevision } from '../src/steps/flux-steps.ts'
import { conditionOf, type Judgement } from '../src/steps/step.ts'
import { seen } from './seen-objects.ts'

/** `ours`: the applied commit of that moment has the tenant's files as Git has them. */
interface Recorded {
  readonly story: string
  readonly ours: boolean
  readonly name: string
  readonly generation: number
  readonly status: { readonly lastAppliedRevision?: string }
}

const recorded = readFileSync(new URL('./recorded-kustomizations.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

/** The rows of a story as they came, with what is told of each. */
function toldOf(story: string, name: RegExp = /./) {
  return recorded
    .filter((row) => row.story === story && name.test(row.name))
    .map(({ ours, name: called, generation, status }) => {
      const object = seen('Kustomization', called, { generation, status })
      const applied = commitOfRevision(status.lastAppliedRevision ?? '')
      const told: Judgement = appliedJudgement(object, (commit) => ours && commit === applied, called)
      const ready = conditionOf(object, 'Ready')
      return { ours, reason: ready?.reason, status: ready?.status, told: told.state }
    })
}

describe('a tenant whose files did not change', () => {
  test.each(['neighbour', 'interrupted'])('stays applied at every moment of the story “%s”', (story) => {
    const rows = toldOf(story)
    expect(rows.filter(({ status }) => status !== 'True').length).toBeGreaterThan(3)
    expect(rows.filter(({ told }) => told !== 'done')).toEqual([])
  })

  test('is told at once when its Kafka falls ill, and without a pause while Flux tries again', () => {
    const rows = toldOf('unhealthy', /kafka/)
    const failure = rows.findIndex(({ reason }) => reason === 'HealthCheckFailed')
    expect(rows.slice(0, failure).filter(({ told }) => told !== 'done')).toEqual([])
    expect(rows.slice(failure).map(({ told }) => told)).not.toContain('done')
    expect(rows.slice(failure).map(({ reason }) => reason)).toContain('Progressing')
  })
})

describe('a tenant whose own files changed', () => {
  test('is applied from the moment at which Flux has applied its own commit, and not before', () => {
    const rows = toldOf('own')
    expect(new Set(rows.map(({ ours }) => ours))).toEqual(new Set([true, false]))
    expect(rows.filter(({ ours, told }) => ours !== (told === 'done'))).toEqual([])
  })

  test('is never told as applied while the API server refuses them, whatever neighbours commit meanwhile', () => {
    const rows = toldOf('refused')
    expect(rows.map(({ told }) => told)).not.toContain('done')
    expect(rows.filter(({ reason }) => reason === 'ReconciliationFailed').map(({ told }) => told)).toContain('failed')
  })

  test('is applied when they are mended', () => {
    const rows = toldOf('mended')
    expect(rows.map(({ told }) => told === 'done')).toEqual(rows.map(({ ours }) => ours))
    expect(rows.at(-1)?.told).toBe('done')
  })
})
