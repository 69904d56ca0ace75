// SPDX-License-Identifier: Apache-2.0
/** What a person reads of a tenant that takes minutes: which step runs, in `get -o wide`, in `describe` and while she waits. */
import { describeKind, type ResourceAnswer } from '@kaas/http-contract'
import { describe, expect, it } from 'vitest'
import { renderResources } from './render/resource-table.ts'
import { renderSteps } from './render/status.ts'
import { runningStepOf, stepsOf } from './steps.ts'

const NOON = Date.parse('2026-11-21T12:00:00Z')
const at = (minute: number) => `2026-11-21T11:${minute}:00Z`

const STEPS = [
  { name: 'git', state: 'done', reason: 'Committed', message: 'Commit 0a1b2c3d has it.', since: at(50) },
  {
    name: 'namespace',
    state: 'done',
    reason: 'Applied',
    message: 'It is there.',
    object: 'Namespace kaas-shop',
    since: at(51),
  },
  {
    name: 'kafka',
    state: 'running',
    reason: 'Creating',
    message: '2 of 3 brokers are ready; the third waits for a node with 16 GiB of memory that the autoscaler is adding.',
    object: 'Kafka kaas-shop/shop',
    since: at(52),
  },
  { name: 'access', state: 'waiting', reason: 'Waiting', message: 'Waits for Kafka.' },
]

function tenant(observed: Record<string, unknown>): ResourceAnswer {
  return {
    apiVersion: 'kaas.dev/v1',
    kind: 'Tenant',
    metadata: {
      name: 'shop',
      labels: {},
      annotations: {},
      uid: 'u',
      generation: 1,
      createdAt: at(50),
      updatedAt: at(50),
    },
    spec: {
      team: 'web',
      environment: 'production',
      isolation: 'namespace',
      workload: { produce: '100MB/s', retention: '3d' },
    },
    status: {
      observedGeneration: 1,
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'Provisioning',
          message: 'It is made.',
          since: at(50),
          step: 'Kafka starts',
        },
      ],
      observed,
    },
  }
}

const made = tenant({ steps: STEPS, bootstrap: 'bootstrap.shop.kafka.example.org:9094', brokers: 3, commit: '0a1b2c3d4e5f' })

describe('a tenant that is being made', () => {
  it('says in one line which step runs and what it waits for', () => {
    expect(runningStepOf(made)).toMatch(/^3\/4 Kafka: 2 of 3 brokers are ready/)
  })

  it('shows a failed step before one that runs', () => {
    const failed = STEPS.map((step) =>
      step.name === 'access' ? { ...step, state: 'failed', message: 'Topic x is invalid.' } : step,
    )
    expect(runningStepOf(tenant({ steps: failed }))).toBe('3/4 topics and users: Topic x is invalid.')
  })

  it('without steps says what the first open condition does now', () => {
    expect(runningStepOf(tenant({}))).toBe('Kafka starts')
  })

  it('of a newer server shows the steps it understands, under their own names', () => {
    const steps = [{ name: 'mirror', state: 'running' }, 'text', { name: 1 }, null]
    expect(stepsOf(tenant({ steps }))).toEqual([{ name: 'mirror', state: 'running' }])
    expect(runningStepOf(tenant({ steps }))).toBe('1/1 mirror')
  })

  it('is described at 50 columns with every sentence whole, none wider than the terminal', () => {
    const text = renderSteps(stepsOf(made), { width: 48, nowMs: NOON })
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(48)
    expect(text.replace(/\s+/g, ' ')).toContain('waits for a node with 16 GiB of memory that the autoscaler is adding.')
    expect(text).toMatch(/^→ +Kafka +running +8m ago/m)
  })

  it('has step, endpoint, brokers and commit in the wide list, at any width', () => {
    const view = { width: 50, nowMs: NOON, withTenant: false, wide: true }
    const [head, row] = renderResources([made], describeKind('Tenant'), view).split('\n')
    expect(head).toMatch(/NAME +TEAM .* STEP +ENDPOINT +BROKERS +COMMIT +MANAGEMENT/)
    expect(row).toMatch(/shop .* 3\/4 Kafka running +bootstrap\.shop\.kafka\.example\.org:9094 +3 +0a1b2c3d +api/)
  })

  it('keeps name, produce and readiness in a list of 50 columns, each readable', () => {
    const [head, row = ''] = renderResources([made], describeKind('Tenant'), {
      width: 50,
      nowMs: NOON,
      withTenant: false,
    }).split('\n')
    expect(head).toMatch(/^NAME +ISOLATION +.*READY/)
    expect(row).toContain('False (Provisioning)')
    expect(row.length).toBeLessThanOrEqual(50)
  })
})
