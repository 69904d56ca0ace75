// SPDX-License-Identifier: Apache-2.0
/** `kaas apply -f`: every document written in the order of dependence, each with its outcome. */
import type { PutAnswer, ResourceName } from '@kaas/http-contract'
import { readDocuments } from '../documents.ts'
import type { Output } from '../output-names.ts'
import { renderName, renderValue } from '../render/output.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition } from '../wait-for-condition.ts'
import { handOver } from './hand-over.ts'
import { reportOutcome } from './write.ts'

/** Options of `apply`. */
export interface ApplyOptions {
  readonly filename: readonly string[]
  readonly dryRun?: boolean
  readonly wait?: boolean
  readonly timeout?: string
  readonly save: boolean
  readonly output: Output
}

/** Writes all documents. What was written before an error stays written, and was said. */
export async function applyCommand(session: Session, options: ApplyOptions): Promise<void> {
  const timeoutMs = timeoutIn(options.timeout)
  const documents = await readDocuments(options.filename, session.terminal.readInput)
  const answers: PutAnswer[] = []
  const written: ResourceName[] = []
  try {
    for (const document of documents) {
      const resource = resourceNameOf(await session.kindOf(document.kind), document.name, document.tenant)
      const answer = await session.client.put(resource, document.value, { dryRun: options.dryRun === true })
      answers.push(answer)
      written.push(resource)
      if (options.output === 'table') reportOutcome(session, resource, answer)
      if (options.output === 'name') session.terminal.out(`${renderName(answer.resource)}\n`)
      handOver(session, answer.credentials, options)
    }
    if (options.wait !== true || options.dryRun === true) return
    for (const resource of written) await waitForCondition(session, resource, { condition: 'Ready', timeoutMs })
    if (options.output === 'table') session.terminal.out('all are ready\n')
  } finally {
    // Also when a later document fails: an answer may carry a password.
    if (options.output === 'json' || options.output === 'yaml') {
      session.terminal.out(renderValue({ items: answers }, options.output))
    }
  }
}
