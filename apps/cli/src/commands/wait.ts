// SPDX-License-Identifier: Apache-2.0
/** `kaas wait tenant/orders --for Ready`. */
import { CONDITION_TYPES } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { resourceNameOf, type Session } from '../session.ts'
import { timeoutIn, waitForCondition, waitUntilGone } from '../wait-for-condition.ts'

/** What `--for` takes beside conditions. */
const DELETED = 'deleted'

/** Waits for one condition, or for `deleted`. */
export async function waitCommand(
  session: Session,
  target: string,
  options: { readonly for: string; readonly timeout?: string; readonly tenant?: string },
): Promise<void> {
  const [word, name, ...rest] = target.split('/')
  if (word === undefined || name === undefined || name === '' || rest.length > 0) {
    throw new KaasError('usage-invalid', {
      message: `"${target}" names no resource.`,
      help: 'Write kind and name with a slash: tenant/orders.',
    })
  }
  const condition = conditionFor(options.for)
  const resource = resourceNameOf(await session.kindOf(word), name, options.tenant)
  const timeoutMs = timeoutIn(options.timeout)
  if (condition === DELETED) {
    await waitUntilGone(session, resource, timeoutMs)
    session.terminal.out(`${target} is gone\n`)
    return
  }
  await waitForCondition(session, resource, { condition, timeoutMs })
  session.terminal.out(`${target} is ${condition}\n`)
}

function conditionFor(word: string): string {
  const words = [...CONDITION_TYPES, DELETED]
  const found = words.find((each) => each.toLowerCase() === word.toLowerCase())
  if (found !== undefined) return found
  throw new KaasError('usage-invalid', {
    message: `There is no condition "${word}".`,
    help: `Use one of ${words.join(', ')}.`,
  })
}
