// SPDX-License-Identifier: Apache-2.0
/** A change of a stored resource by a person: shown with what it does, agreed to, made once, and waited for. */
import { KaasError } from '@kaas/errors'
import type { PutAnswer, ResourceAnswer, ResourceName } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderChanges } from '../render/changes.ts'
import { renderName, renderValue } from '../render/output.ts'
import { renderChange } from '../render/plan-change.ts'
import type { Session } from '../session.ts'
import { timeoutIn, waitForCondition } from '../wait-for-condition.ts'
import { reportOutcome } from './write.ts'

/** Options that `scale`, `edit` and `manage` share. `wait` is true unless `--no-wait` is given. */
export interface ChangeOptions {
  readonly yes?: boolean
  readonly dryRun?: boolean
  readonly wait: boolean
  readonly timeout?: string
  readonly output: Output
}

/** What is changed: the resource as it was read, and the whole document that takes its place. */
export interface ChangeOf {
  readonly resource: ResourceName
  readonly before: ResourceAnswer
  readonly document: object
}

/**
 * Makes the change, unless nothing differs. Throws what refuses it before anything is asked, `cancelled-by-caller` for a no,
 * and `resource-changed` when somebody else was faster.
 */
export async function makeChange(session: Session, change: ChangeOf, options: ChangeOptions): Promise<void> {
  const { terminal, client } = session
  const { resource, before, document } = change
  const timeoutMs = timeoutIn(options.timeout)
  const expectedGeneration = before.metadata.generation
  if (resource.kind.kind === 'Tenant') await showPlan(session, change, options)
  const foreseen = await client.put(resource, document, { dryRun: true, expectedGeneration })
  if (foreseen.outcome === 'unchanged' || options.dryRun === true) {
    print(session, resource, foreseen, options.output)
    return
  }
  if (options.output === 'table') terminal.out(`What is stored\n${renderChanges(foreseen.changes, session.style)}`)
  if (options.yes !== true) await agree(session, resource)
  const answer = await client.put(resource, document, { expectedGeneration })
  if (options.output === 'table') terminal.out(`${nameOf(resource)} ${answer.outcome}\n`)
  const { generation } = answer.resource.metadata
  const latest = options.wait
    ? await waitForCondition(session, resource, { condition: 'Ready', timeoutMs, generation })
    : answer.resource
  if (options.output !== 'table') print(session, resource, { ...answer, resource: latest }, options.output)
  else if (options.wait) terminal.out(`${nameOf(resource)} is ready\n`)
}

async function showPlan(session: Session, { resource, document }: ChangeOf, { output }: ChangeOptions): Promise<void> {
  const { terminal, style } = session
  const { change } = await session.client.planChange(document)
  const view = { style, width: terminal.width }
  // What refuses it is said once, by the error below.
  const shown = { ...change, refusals: [] }
  if (output === 'table' && change.kind !== 'same') terminal.out(renderChange(shown, nameOf(resource), view))
  const refusal = change.refusals[0]
  if (refusal !== undefined) throw new KaasError(refusal.code, { message: refusal.message, help: refusal.help })
}

/** Throws unless a person says yes. */
async function agree({ terminal }: Session, resource: ResourceName): Promise<void> {
  if (!terminal.canAsk) {
    throw new KaasError('usage-invalid', {
      message: 'Nobody can be asked here whether to make the change.',
      help: 'Add --yes to make it, or --dry-run to see it only.',
    })
  }
  const answer = await terminal.ask(`Change ${nameOf(resource)}? [y/N] `)
  if (/^y(es)?$/i.test(answer.trim())) return
  throw new KaasError('cancelled-by-caller', { message: `${nameOf(resource)} was not changed.` })
}

function print(session: Session, resource: ResourceName, answer: PutAnswer, output: Output): void {
  if (output === 'table') {
    reportOutcome(session, resource, answer)
    return
  }
  const { outcome, dryRun, changes } = answer
  session.terminal.out(
    output === 'name'
      ? `${renderName(answer.resource)}\n`
      : renderValue({ outcome, dryRun, changes, resource: answer.resource }, output),
  )
}

function nameOf({ kind, name }: ResourceName): string {
  return `${kind.singular}/${name}`
}
