// SPDX-License-Identifier: Apache-2.0
/** `kaas delete`: asks a person before, asks for the name again where protection is on, and waits until all is gone. */
import { KaasError } from '@kaas/errors'
import { type DeleteAnswer, KNOWN_KINDS, type ResourceName } from '@kaas/http-contract'
import { forgetCertificates } from '../saved-certificates.ts'
import { forgetCredentials } from '../saved-credentials.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitUntilGone } from '../wait-for-condition.ts'

/** Options of `delete`. `confirm` is the name, typed again. */
export interface DeleteOptions {
  readonly tenant?: string
  readonly yes?: boolean
  readonly confirm?: string
  readonly dryRun?: boolean
  readonly wait: boolean
  readonly timeout?: string
}

/** Deletes one resource. Without a terminal nothing is asked: what is protected then needs `--confirm`. */
export async function deleteCommand(session: Session, word: string, name: string, options: DeleteOptions): Promise<void> {
  const { client, terminal, home } = session
  const timeoutMs = timeoutIn(options.timeout)
  const resource = resourceNameOf(await session.kindOf(word), name, options.tenant)
  const confirm = await confirmationFor(session, resource, options)
  const answer = await client.delete(resource, {
    dryRun: options.dryRun === true,
    ...(confirm === undefined ? {} : { confirm }),
  })
  const label = `${resource.kind.singular}/${name}`
  if (answer.dryRun) return terminal.out(`${label} would be deleted${together(answer)} (dry run, nothing was changed)\n`)
  if (options.wait) await waitUntilGone(session, resource, timeoutMs)
  if (resource.kind.kind === 'Tenant') forget(home.directory, name)
  if (resource.kind.kind === 'User' && options.tenant !== undefined) forget(home.directory, options.tenant, name)
  terminal.out(`${label} ${options.wait ? 'deleted' : 'is being deleted'}${together(answer)}\n`)
}

/** Volumes of an own Kafka outlive it; everything else is gone at once. */
function fateOf({ kind, name }: ResourceName, { spec }: DeleteAnswer['resource']): string {
  const own = kind.kind === 'Tenant' && (spec.isolation === 'namespace' || spec.isolation === 'cluster')
  return own ? ` (its volumes are kept until "kaas purge tenant ${name}")?` : ' and its data for ever?'
}

function forget(directory: string, tenant: string, user?: string): void {
  forgetCredentials(directory, tenant, user)
  forgetCertificates(directory, tenant, user)
}

/** The name to send along: given, or typed now because the server would refuse without. */
async function confirmationFor(
  session: Session,
  resource: ResourceName,
  options: DeleteOptions,
): Promise<string | undefined> {
  const { client, terminal } = session
  if (options.confirm !== undefined || options.dryRun === true || !terminal.canAsk) return options.confirm
  const label = `${resource.kind.singular} ${resource.name}`
  try {
    const foreseen = await client.delete(resource, { dryRun: true })
    if (options.yes === true) return undefined
    const answer = await terminal.ask(`Delete ${label}${together(foreseen)}${fateOf(resource, foreseen.resource)} [y/N] `)
    if (/^y(es)?$/i.test(answer.trim())) return undefined
  } catch (error) {
    if (!(error instanceof KaasError) || error.code !== 'deletion-protected') throw error
    const fate = fateOf(resource, await client.get(resource)).replace('?', '')
    const typed = await terminal.ask(`${label} is protected. Type its name to delete it${fate}: `)
    if (typed.trim() === resource.name) return resource.name
  }
  throw new KaasError('cancelled-by-caller', { message: `${label} was not deleted.` })
}

function together({ alsoDeleted }: DeleteAnswer): string {
  const parts = Object.entries(alsoDeleted).flatMap(([plural, count]) =>
    count === 0 ? [] : [`${count} ${count === 1 ? singularOf(plural) : plural}`],
  )
  return parts.length === 0 ? '' : `, with ${parts.join(' and ')}`
}

function singularOf(plural: string): string {
  return KNOWN_KINDS.find((kind) => kind.plural === plural)?.singular ?? plural
}
