// SPDX-License-Identifier: Apache-2.0
/**
 * Which of two names of a topic a client uses (decision 0029). The broker knows one, so its answer does not tell: a client hears the
 * name that it said in the same exchange, else the one that it said last on this connection, else the topic's own. A group may mix
 * both: its leader sees one name for all members, and each member hears the name that it joined with.
 */
import type { NameKind } from '@kaas/kafka-protocol'
import type { StepContext } from '../../step.ts'
import { type NameView, nameViewOf } from './name-view.ts'

/** Key of what was said, in the notes of an exchange and in the memory of its connection. */
const SAID = 'names said'

/** The view for one exchange. It is that of the tenant where no topic has two names, which is nearly everywhere. */
export function viewFor(context: StepContext): NameView {
  const view = nameViewOf(context.tenant)
  if (!view.shared.hasAliases) return view
  const here = saidIn(context.notes)
  const before = saidIn(context.memory)
  return {
    ...view,
    toPhysical(kind, name) {
      const physical = view.toPhysical(kind, name)
      if (kind === 'topic' && view.shared.aliasesOf(physical).length > 0) {
        here.set(physical, name)
        before.set(physical, name)
      }
      return physical
    },
    toLogical(kind: NameKind, name: string) {
      const said = kind === 'topic' ? (here.get(name) ?? before.get(name)) : undefined
      // What was said may be a name no more.
      return said !== undefined && view.toPhysical(kind, said) === name ? said : view.toLogical(kind, name)
    },
  }
}

function saidIn(notes: Map<string, unknown>): Map<string, string> {
  const known = notes.get(SAID)
  if (known instanceof Map) return known
  const fresh = new Map<string, string>()
  notes.set(SAID, fresh)
  return fresh
}
