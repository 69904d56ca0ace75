// SPDX-License-Identifier: Apache-2.0
/**
 * `kaas restore --from-git`: an empty control plane takes over what the repository of tenants says. Every write says what is
 * there already, so that it can be run again after an interruption.
 */
import { asKaasError, KaasError } from '@kaas/errors'
import { describeKind, KNOWN_KINDS } from '@kaas/http-contract'
import type { SourceDocument } from '../documents.ts'
import type { GitOptions } from '../git-options.ts'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import { Progress } from '../render/progress.ts'
import { readStored } from '../restore/stored-in-git.ts'
import { saveCredentials } from '../saved-credentials.ts'
import { resourceNameOf, type Session } from '../session.ts'

/** Options of `restore`. */
export interface RestoreOptions extends GitOptions {
  readonly fromGit: string
  readonly merge?: boolean
  readonly dryRun?: boolean
  readonly output: Output
}

/** How one document ended. `in-git`: the control plane takes it over from Git by itself. */
interface Restored {
  readonly kind: string
  readonly name: string
  readonly tenant?: string
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'in-git' | 'failed'
  readonly newPassword?: boolean
  readonly problem?: string
}

/**
 * Writes every document. One that fails does not stop the others: all failures are said at the end, by the error of the first.
 * Throws `resource-exists` before anything is written when the control plane has other tenants than Git, unless `merge`.
 */
export async function restoreCommand(session: Session, options: RestoreOptions): Promise<void> {
  const { terminal } = session
  const { documents, faults } = await readStored(options.fromGit, options)
  if (options.merge !== true) await refuseOthers(session, documents)
  const items: Restored[] = []
  const errors = faults.map(({ error }) => error)
  // Their messages begin with the file.
  for (const { error } of faults) terminal.err(`${error.message}\n`)
  await eachWithProgress(session, documents, async (document) => {
    try {
      items.push(await restored(session, document, options.dryRun === true))
    } catch (thrown) {
      const error = asKaasError(thrown)
      // A control plane that is away, or does not know us, fails for all that follow.
      if (error.retriable || error.kind === 'unauthenticated' || error.kind === 'forbidden') throw interrupted(error, items)
      errors.push(error)
      items.push({ ...namesOf(document), outcome: 'failed', problem: error.message })
      terminal.err(`${labelOf(document)}: ${error.message}\n`)
    }
  })
  report(session, items, options)
  if (errors[0] !== undefined) throw summaryOf(errors[0], errors.length)
}

async function restored(session: Session, document: SourceDocument, dryRun: boolean): Promise<Restored> {
  const resource = resourceNameOf(await session.kindOf(document.kind), document.name, document.tenant)
  try {
    const { outcome, credentials } = await session.client.put(resource, adopting(document), { dryRun })
    if (credentials === undefined) return { ...namesOf(document), outcome }
    saveCredentials(session.home.directory, credentials)
    return { ...namesOf(document), outcome, newPassword: true }
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    if (error.code === 'managed-in-git') return { ...namesOf(document), outcome: 'in-git' }
    // What it needs would have been made just before.
    if (dryRun && error.code === 'resource-absent') return { ...namesOf(document), outcome: 'created' }
    throw error
  }
}

/** A virtual tenant finds its names on the cluster taken, by itself: it is told to take them over. */
function adopting({ kind, value }: SourceDocument): object {
  const { spec } = value as { readonly spec: Readonly<Record<string, unknown>> }
  const virtual = kind === 'Tenant' && (spec.isolation === undefined || spec.isolation === 'virtual')
  return virtual ? { ...value, spec: { ...spec, adopt: true } } : value
}

/** What an interrupted run has left is what Git says; anything else belongs to somebody. */
async function refuseOthers({ client }: Session, documents: readonly SourceDocument[]): Promise<void> {
  const stored = new Map(documents.filter(({ kind }) => kind === 'Tenant').map((each) => [each.name, each]))
  const others: string[] = []
  for await (const { metadata } of client.listAll(describeKind('Tenant'), { limit: 500 })) {
    const document = stored.get(metadata.name)
    if (document === undefined || (await wouldChange(client, document))) others.push(metadata.name)
  }
  if (others.length === 0) return
  const some = others.slice(0, 5).join(', ')
  throw new KaasError('resource-exists', {
    message: `The control plane is not empty: ${others.length === 1 ? 'tenant' : 'tenants'} ${some}${others.length > 5 ? ', …' : ''} ${others.length === 1 ? 'is' : 'are'} not as Git says.`,
    help: 'Restore into an empty control plane, or add --merge: what Git says then wins, and tenants that Git does not know stay.',
  })
}

async function wouldChange(client: Session['client'], document: SourceDocument): Promise<boolean> {
  try {
    const resource = { kind: describeKind('Tenant'), name: document.name }
    return (await client.put(resource, adopting(document), { dryRun: true })).outcome === 'updated'
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    if (error.code === 'managed-in-git') return false
    // Its team, say: then Git says another one.
    if (error.code === 'resource-absent') return true
    throw error
  }
}

async function eachWithProgress(
  { terminal }: Session,
  documents: readonly SourceDocument[],
  work: (document: SourceDocument) => Promise<void>,
): Promise<void> {
  const progress = new Progress(terminal)
  let stopped = false
  const forget = terminal.onInterrupt(() => {
    stopped = true
  })
  try {
    for (const [index, document] of documents.entries()) {
      if (stopped) throw stoppedAt(index, documents.length)
      // Elsewhere than on a terminal each line stays: one in a hundred is enough.
      if (terminal.watched || index % 100 === 0)
        progress.say(`restoring ${index + 1} of ${documents.length}: ${labelOf(document)}`)
      await work(document)
    }
  } finally {
    forget()
    progress.stop()
  }
}

function report({ terminal, home, shownPath }: Session, items: readonly Restored[], options: RestoreOptions): void {
  if (options.output === 'json' || options.output === 'yaml')
    return void terminal.out(renderValue({ items }, options.output))
  if (options.output === 'name')
    return void terminal.out(items.map(({ kind, name }) => `${kind.toLowerCase()}/${name}\n`).join(''))
  for (const { kind, plural } of KNOWN_KINDS) {
    const own = items.filter((each) => each.kind === kind)
    const counts = OUTCOMES.flatMap(([outcome, words]) => {
      const count = own.filter((each) => each.outcome === outcome).length
      return count === 0 ? [] : [`${count} ${words}`]
    })
    if (counts.length > 0) terminal.out(`${`${plural}:`.padEnd(15)}${counts.join(', ')}\n`)
  }
  if (options.dryRun === true) terminal.err('Dry run: nothing was changed.\n')
  const users = items.filter(({ newPassword }) => newPassword === true).length
  if (users > 0) {
    const place = shownPath(`${home.directory}/credentials`)
    terminal.err(
      `${users} ${users === 1 ? 'user has a new password' : 'users have new passwords'}, kept in ${place}: Git holds none. Clients with the old ones must get them.\n`,
    )
  }
  terminal.err('Next: npx kaas get tenants -o wide\n')
}

const OUTCOMES: readonly (readonly [Restored['outcome'], string])[] = [
  ['created', 'created'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['in-git', 'managed in Git, taken over by itself'],
  ['failed', 'failed'],
]

function namesOf({ kind, name, tenant }: SourceDocument) {
  return { kind, name, ...(tenant === undefined ? {} : { tenant }) }
}

function labelOf({ kind, name, tenant }: SourceDocument): string {
  return `${kind.toLowerCase()}/${name}${tenant === undefined ? '' : ` in ${tenant}`}`
}

function stoppedAt(done: number, all: number): KaasError {
  return new KaasError('cancelled-by-caller', {
    message: `${done} of ${all} documents are restored.`,
    help: 'Run the same command again to go on: what is there stays as it is.',
  })
}

function interrupted(error: KaasError, items: readonly Restored[]): KaasError {
  return new KaasError(error.code, {
    message: `${error.message} ${items.length} documents were restored before.`,
    help: [error.help, 'Run the same command again to go on: what is there stays as it is.'].filter(Boolean).join(' '),
    cause: error,
  })
}

function summaryOf(first: KaasError, count: number): KaasError {
  return new KaasError(first.code, {
    message: `${count} ${count === 1 ? 'document was' : 'documents were'} not restored. The first: ${first.message}`,
    help: 'Correct what stands above in Git and run the same command again; the others are restored.',
    fields: first.fields,
    cause: first,
  })
}
