// SPDX-License-Identifier: Apache-2.0
/** `kaas rotate`: a new password for a user. The one before stays valid until it is ended, so that no client must stop. */
import { describeKind } from '@kaas/http-contract'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition } from '../wait-for-condition.ts'
import { handOver } from './hand-over.ts'

/** Options of `rotate`. */
export interface RotateOptions {
  readonly tenant: string
  readonly endOthers?: boolean
  readonly save: boolean
  readonly wait: boolean
  readonly timeout?: string
  readonly output: Output
}

/** Makes the password, shows it once, keeps it unless told not to. */
export async function rotateCommand(session: Session, user: string, options: RotateOptions): Promise<void> {
  const { tenant, output, save } = options
  const timeoutMs = timeoutIn(options.timeout)
  const credentials = await session.client.rotateCredentials(tenant, user, { endOthers: options.endOthers === true })
  if (output === 'table') {
    const before =
      options.endOthers === true ? 'ends within seconds' : 'stays valid; another rotate with --end-others ends both'
    session.terminal.err(
      `${credentials.username} has a new password for ${credentials.mechanism}. The one before ${before}.\n`,
    )
    handOver(session, credentials, { output, save })
  } else {
    handOver(session, credentials, { output, save })
    session.terminal.out(output === 'name' ? `${credentials.username}\n` : renderValue(credentials, output))
  }
  // Shown first, waited for then: an answer that is lost is a password that is lost.
  const resource = resourceNameOf(describeKind('User'), user, tenant)
  if (options.wait) await waitForCondition(session, resource, { condition: 'Ready', timeoutMs })
  if (output !== 'table') return
  session.terminal.err(options.wait ? 'Kafka takes the new password.\n' : 'Kafka takes the new password within seconds.\n')
  session.terminal.err(`Next: npx kaas connect ${tenant} --user ${user} --format kcat\n`)
}
