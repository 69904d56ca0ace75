// SPDX-License-Identifier: Apache-2.0
/** What people read, as agreed: golden files under `test/expected`. `UPDATE_EXPECTED=1` writes them anew. */
import { readFileSync, writeFileSync } from 'node:fs'
import { planSchema } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeKind, KNOWN_KINDS } from '@kaas/http-contract'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { renderChanges } from './changes.ts'
import { renderName, renderValues } from './output.ts'
import { renderPlan } from './plan.ts'
import { renderProblem, renderProblemJson } from './problem.ts'
import { renderResources } from './resource-table.ts'
import { styleFor } from './style.ts'

const TEST = new URL('../../test/', import.meta.url)
const NOON = Date.parse('2026-11-21T12:00:00Z')
const plain = styleFor(false)
const plans: Readonly<Record<string, unknown>> = casesOf('plans')
const resources: Readonly<Record<string, Parameters<typeof renderResources>[0]>> = casesOf('resources')

describe('a plan', () => {
  it.each(Object.keys(plans))('%s', (name) => {
    expectText(`plan.${name}`, renderPlan(planSchema.parse(plans[name]), { style: plain, width: undefined }))
  })

  it('fits into a narrow terminal', () => {
    const text = renderPlan(planSchema.parse(plans.fits), { style: plain, width: 90 })
    const tables = text.split('\n').filter((line) => /^ {2}(→| {2})/.test(line))
    for (const line of tables) expect(line.length).toBeLessThanOrEqual(90)
  })
})

describe('a list of resources', () => {
  it.each(KNOWN_KINDS.map(({ kind }) => kind))('%s', (kind) => {
    const found = resources[kind] ?? []
    const known = KNOWN_KINDS.find((each) => each.kind === kind) ?? describeKind('Tenant')
    expectText(`table.${kind}`, renderResources(found, known, { width: undefined, nowMs: NOON, withTenant: true }))
  })

  it('as YAML can be read back, one document each, with exact times; as JSON it is what the API gives', () => {
    const tenants = resources.Tenant ?? []
    expect(parseAllDocuments(renderValues(tenants, 'yaml')).map((each) => each.toJS())).toEqual(tenants)
    expect(JSON.parse(renderValues(tenants, 'json'))).toEqual({ items: tenants })
    expect(tenants.map(renderName)).toEqual(['tenant/orders', 'tenant/billing', 'tenant/old'])
  })
})

describe('changes', () => {
  it('are one line per field, with both values', () => {
    const changes = [
      { path: 'spec.partitions', before: 3, after: 6 },
      { path: 'spec.config.retention.ms', after: '60000' },
      { path: 'spec.description', before: 'two words' },
    ]
    expect(renderChanges(changes, plain)).toBe(
      ['  ~ spec.partitions: 3 → 6', '  + spec.config.retention.ms: 60000', '  - spec.description: "two words"', ''].join(
        '\n',
      ),
    )
  })
})

describe('an error', () => {
  const error = new KaasError('limit-exceeded', {
    message: 'The tenant has 6 partitions left.',
    help: 'Ask for 6 or fewer.',
    fields: [{ path: 'spec.partitions', message: 'At most 6.' }],
    cause: new Error('never shown'),
  })

  it('for a person: title, what happened, fields, what to do, no stack', () => {
    expect(renderProblem(error, plain)).toBe(
      'The tenant limit does not allow this. The tenant has 6 partitions left.\n  spec.partitions: At most 6.\nAsk for 6 or fewer.\n',
    )
  })

  it('for a program: one line, a problem document', () => {
    const text = renderProblemJson(error)
    expect(text.endsWith('}\n') && !text.slice(0, -1).includes('\n')).toBe(true)
    expect(parse(text)).toMatchObject({ status: 422, code: 'limit-exceeded', fields: error.fields })
  })
})

function casesOf(name: string) {
  return JSON.parse(readFileSync(new URL(`cases/${name}.json`, TEST), 'utf8'))
}

function expectText(name: string, text: string): void {
  const file = new URL(`expected/${name}.txt`, TEST)
  if (process.env.UPDATE_EXPECTED === '1') writeFileSync(file, text)
  expect(text).toBe(readFileSync(file, 'utf8'))
}
