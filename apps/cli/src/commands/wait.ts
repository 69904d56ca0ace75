// SPDX-License-Identifier: Apache-2.0
/** `kaas wait tenant/orders --for Ready`. */
import { KaasError } from '@kaas/errors'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition, waitUntilGone } from '../wait-for-condition.ts'

/** Waits for one condition, or for `deleted`. */
export async function waitCommand(
  session: Session,
  target: string,
  options: { readonly for: string; readonly timeout: string; readonly tenant?: string },
): Promise<void> {
  const [word, name, ...rest] = target.split('/')
  if (word === undefined || name === undefined || name === '' || rest.length > 0) {
    throw new KaasError('usage-invalid', {
      message: `"${target}" names no resource.`,
      help: 'Write kind and name with a slash: tenant/orders.',
    })
  }
  const resource = resourceNameOf(await session.kindOf(word), name, options.tenant)
  const timeoutMs = timeoutIn(options.timeout)
  if (options.for.toLowerCase() === 'deleted') {
    await waitUntilGone(session, resource, timeoutMs)
    session.terminal.out(`${target} is gone\n`)
    return
  }
  const condition = options.for.charAt(0).toUpperCase() + options.for.slice(1)
  await waitForCondition(session, resource, { condition, timeoutMs })
  session.terminal.out(`${target} is ${condition}\n`)
}
