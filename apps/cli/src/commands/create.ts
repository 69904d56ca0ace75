// SPDX-License-Identifier: Apache-2.0
/** `kaas create tenant|topic|user|share`: a document from flags, written once, and waited for. */
import { API_VERSION, parseDocument, type ResourceKind } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { describeKind, type PutAnswer } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderName, renderValue } from '../render/output.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition } from '../wait-for-condition.ts'
import { handOver } from './hand-over.ts'
import { refuseChange, reportOutcome } from './write.ts'

/** Options that all kinds share. `wait` and `save` are true unless `--no-…` is given. */
export interface CreateOptions {
  readonly label?: Readonly<Record<string, string>>
  readonly dryRun?: boolean
  readonly wait: boolean
  readonly timeout?: string
  readonly output: Output
  readonly save?: boolean
}

/** What was said of the resource. `defaults` are asked for when the rest is found to be well. */
export interface NewDocument {
  readonly kind: ResourceKind
  readonly name: string
  readonly tenant?: string
  readonly spec: object
  readonly defaults?: (() => Promise<object>) | undefined
}

/** Makes the resource. The same again says `unchanged`; another one of that name is refused with `resource-exists`. */
export async function createCommand(session: Session, document: NewDocument, options: CreateOptions): Promise<void> {
  const resource = resourceNameOf(describeKind(document.kind), document.name, document.tenant)
  const timeoutMs = timeoutIn(options.timeout)
  const said = {
    apiVersion: API_VERSION,
    kind: document.kind,
    metadata: {
      name: document.name,
      ...(document.tenant === undefined ? {} : { tenant: document.tenant }),
      ...(options.label === undefined ? {} : { labels: options.label }),
    },
    spec: document.spec,
  }
  parseDocument(said)
  const value = { ...said, spec: { ...(await document.defaults?.()), ...document.spec } }
  const foreseen = await session.client.put(resource, value, { dryRun: true })
  if (foreseen.outcome === 'updated') throw refuseChange(resource, foreseen)
  const writing = options.dryRun !== true && foreseen.outcome === 'created'
  const answer = writing ? await session.client.put(resource, value, { expectedGeneration: 0 }) : foreseen
  if (options.output === 'table') reportOutcome(session, resource, answer)
  handOver(session, answer.credentials, { output: options.output, save: options.save !== false })
  let latest = answer.resource
  try {
    if (!options.wait || options.dryRun === true) return
    latest = await waitForCondition(session, resource, { condition: 'Ready', timeoutMs })
    if (options.output === 'table') session.terminal.out(`${resource.kind.singular}/${resource.name} is ready\n`)
  } finally {
    // Also when the waiting fails: the answer may carry a password.
    printAnswer(session, { ...answer, resource: latest }, options.output)
  }
  if (options.output === 'table') sayNext(session, document)
}

/** Certificates where a tenant has a Kafka of its own; nothing where the platform's default holds, and for no tenant. */
export async function authenticationIn({ client }: Session, tenant: string): Promise<object> {
  try {
    const { spec } = await client.get({ kind: describeKind('Tenant'), name: tenant })
    return spec.isolation === 'namespace' || spec.isolation === 'cluster' ? { authentication: 'tls' } : {}
  } catch (error) {
    // Said by the write, together with what else is wrong.
    if (error instanceof KaasError && error.code === 'resource-absent') return {}
    throw error
  }
}

function printAnswer({ terminal }: Session, answer: PutAnswer, output: Output): void {
  const { outcome, changes, resource, credentials } = answer
  if (output === 'name') terminal.out(`${renderName(resource)}\n`)
  if (output === 'yaml' || output === 'json')
    terminal.out(renderValue({ outcome, changes, resource, ...(credentials === undefined ? {} : { credentials }) }, output))
}

function sayNext(
  { terminal }: Session,
  { kind, name, tenant, spec }: { kind: ResourceKind; name: string; tenant?: string; spec: object },
): void {
  if (kind === 'Tenant') terminal.err(`Next: npx kaas create topic payments --tenant ${name} --partitions 6\n`)
  if (kind === 'Topic') terminal.err(`Next: npx kaas create user app --tenant ${tenant} --role admin\n`)
  if (kind !== 'User') return
  const hasToken = 'authentication' in spec && spec.authentication === 'oauth'
  const connect = `npx kaas connect ${tenant} --user ${name} --format kcat`
  terminal.err(`Next: ${hasToken ? 'set the client up as docs/guides/gateway-in-production.md says' : connect}\n`)
}
