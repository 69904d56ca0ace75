// SPDX-License-Identifier: Apache-2.0
/** `kaas create tenant|topic|user`: a document from flags, written once, and waited for. */
import { API_VERSION, parseDocument, type ResourceKind } from '@kaas/domain'
import { describeKind, type PutAnswer } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderName, renderValue } from '../render/output.ts'
import { saveCredentials } from '../saved-credentials.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition } from '../wait-for-condition.ts'
import { refuseChange, reportCredentials, reportOutcome } from './write.ts'

/** Options that all kinds share. `wait` and `save` are true unless `--no-…` is given. */
export interface CreateOptions {
  readonly label?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  readonly wait: boolean
  readonly timeout: string
  readonly output: Output
  readonly save?: boolean
}

/** Makes the resource. The same again says `unchanged`; another one of that name is refused with `resource-exists`. */
export async function createCommand(
  session: Session,
  document: { readonly kind: ResourceKind; readonly name: string; readonly tenant?: string; readonly spec: object },
  options: CreateOptions,
): Promise<void> {
  const resource = resourceNameOf(describeKind(document.kind), document.name, document.tenant)
  const timeoutMs = timeoutIn(options.timeout)
  const value = {
    apiVersion: API_VERSION,
    kind: document.kind,
    metadata: {
      name: document.name,
      ...(document.tenant === undefined ? {} : { tenant: document.tenant }),
      ...(options.label === undefined ? {} : { labels: options.label }),
    },
    spec: document.spec,
  }
  parseDocument(value)
  const foreseen = await session.client.put(resource, value, { dryRun: true })
  if (foreseen.outcome === 'updated') throw refuseChange(resource, foreseen)
  const answer =
    options.dryRun === true || foreseen.outcome === 'unchanged' ? foreseen : await session.client.put(resource, value)
  const shown = options.output === 'table'
  if (shown) reportOutcome(session, resource, answer)
  keepCredentials(session, answer, options)
  if (options.wait && options.dryRun !== true) {
    const ready = await waitForCondition(session, resource, { condition: 'Ready', timeoutMs })
    if (shown) session.terminal.out(`${resource.kind.singular}/${resource.name} is ready\n`)
    if (!shown) printAnswer(session, { ...answer, resource: ready }, options.output)
  } else if (!shown) printAnswer(session, answer, options.output)
  if (shown && options.dryRun !== true) sayNext(session, document)
}

function keepCredentials(session: Session, { credentials }: PutAnswer, options: CreateOptions): void {
  if (credentials === undefined) return
  if (options.output === 'table') reportCredentials(session, credentials, options.save !== false)
  else if (options.save !== false) saveCredentials(session.home.directory, credentials)
}

function printAnswer({ terminal }: Session, answer: PutAnswer, output: Output): void {
  const { outcome, changes, resource, credentials } = answer
  if (output === 'name') terminal.out(`${renderName(resource)}\n`)
  if (output === 'yaml' || output === 'json')
    terminal.out(renderValue({ outcome, changes, resource, ...(credentials === undefined ? {} : { credentials }) }, output))
}

function sayNext(
  { terminal }: Session,
  { kind, name, tenant }: { kind: ResourceKind; name: string; tenant?: string },
): void {
  if (kind === 'Tenant') terminal.err(`Next: kaas create topic payments --tenant ${name} --partitions 6\n`)
  if (kind === 'Topic') terminal.err(`Next: kaas create user app --tenant ${tenant} --role admin\n`)
  if (kind === 'User') terminal.err(`Next: kaas connect ${tenant} --user ${name} --format kcat\n`)
}
