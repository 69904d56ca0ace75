// SPDX-License-Identifier: Apache-2.0
/** `kaas describe`: one resource for a person: what was asked for, what was seen, what the platform says, what belongs to it. */
import { KNOWN_KINDS, type ResourceAnswer } from '@kaas/http-contract'
import { stringify } from 'yaml'
import { renderAgo } from '../render/ago.ts'
import { inSchemaOrder } from '../render/output.ts'
import { readinessOf, renderResources } from '../render/resource-table.ts'
import { renderConditions, renderSteps } from '../render/status.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { stepsOf } from '../steps.ts'

/** Prints the resource; for a tenant also its topics, users and whatever else lives in it. */
export async function describeCommand(
  session: Session,
  word: string,
  name: string,
  tenant: string | undefined,
): Promise<void> {
  const { client, terminal, style } = session
  const view = { width: narrower(terminal.width), nowMs: terminal.now(), withTenant: false }
  const kind = await session.kindOf(word)
  const resource = inSchemaOrder(await client.get(resourceNameOf(kind, name, tenant)))
  terminal.out(headOf(resource, terminal.now()))
  terminal.out(`${style('bold', 'Spec')}\n${indented(stringify(resource.spec))}`)
  const { steps: _, ...observed } = resource.status?.observed ?? {}
  if (Object.keys(observed).length > 0) terminal.out(`${style('bold', 'Observed')}\n${indented(stringify(observed))}`)
  const steps = stepsOf(resource)
  if (steps.length > 0) terminal.out(`${style('bold', 'Steps')}\n${indented(renderSteps(steps, view))}`)
  terminal.out(`${style('bold', 'Conditions')}\n${indented(renderConditions(resource.status?.conditions ?? [], view))}`)
  if (kind.kind !== 'Tenant') return
  for (const inside of KNOWN_KINDS.filter(({ scope }) => scope === 'tenant')) {
    const { items, next } = await client.list(inside, { tenant: name, limit: 20 })
    const table = items.length === 0 ? 'none\n' : renderResources(items, inside, view)
    terminal.out(`${style('bold', `${inside.kind}s`)}\n${indented(table)}`)
    if (next !== undefined) terminal.out(`  … more: kaas get ${inside.plural} --tenant ${name}\n`)
  }
}

function headOf(resource: ResourceAnswer, nowMs: number): string {
  const { metadata } = resource
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Kind', resource.kind],
    ['Name', metadata.name],
    ['Tenant', metadata.tenant],
    ['Labels', pairs(metadata.labels)],
    ['Annotations', pairs(metadata.annotations)],
    ['Created', `${renderAgo(metadata.createdAt, nowMs)} (${metadata.createdAt})`],
    ['Generation', `${metadata.generation}, acted on: ${resource.status?.observedGeneration ?? 'none yet'}`],
    ['Ready', readinessOf(resource)],
  ]
  return rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([title, value]) => `${`${title}:`.padEnd(13)}${value}\n`)
    .join('')
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(', ')
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}

function narrower(width: number | undefined): number | undefined {
  return width === undefined ? undefined : width - 2
}
