// SPDX-License-Identifier: Apache-2.0
/** `kaas rotate`: a new password for a user. The one before stays valid until it is ended, so that no client must stop. */
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import type { Session } from '../session.ts'
import { handOver } from './hand-over.ts'

/** Options of `rotate`. */
export interface RotateOptions {
  readonly tenant: string
  readonly endOthers?: boolean
  readonly save: boolean
  readonly output: Output
}

/** Makes the password, shows it once, keeps it unless told not to. */
export async function rotateCommand(session: Session, user: string, options: RotateOptions): Promise<void> {
  const { tenant, output, save } = options
  const credentials = await session.client.rotateCredentials(tenant, user, { endOthers: options.endOthers === true })
  if (output === 'table') {
    const before =
      options.endOthers === true ? 'ends within seconds' : 'stays valid; another rotate with --end-others ends both'
    session.terminal.err(
      `${credentials.username} has a new password for ${credentials.mechanism}. The one before ${before}.\n`,
    )
    handOver(session, credentials, { output, save })
    session.terminal.err(`Next: npx kaas connect ${tenant} --user ${user} --format kcat\n`)
    return
  }
  handOver(session, credentials, { output, save })
  session.terminal.out(output === 'name' ? `${credentials.username}\n` : renderValue(credentials, output))
}
