// SPDX-License-Identifier: Apache-2.0
/** The form of an own role: single rights that are switched on and off, and the rules they become. */
import { RIGHT_KINDS, type RightRule, VERBS, type Verb } from '@kaas/domain'
import { rulesGive } from '../../format/right-words.ts'

/** The rules with this right switched: as few as say the same, one for each set of verbs. */
export function toggled(rules: readonly RightRule[], verb: Verb, kind: string): readonly RightRule[] {
  const byVerbs = new Map<string, string[]>()
  for (const each of RIGHT_KINDS) {
    const verbs = VERBS.filter((one) => rulesGive(rules, one, each) !== (one === verb && each === kind))
    if (verbs.length === 0) continue
    const key = verbs.join()
    byVerbs.set(key, [...(byVerbs.get(key) ?? []), each])
  }
  return [...byVerbs].map(([verbs, kinds]) => ({ verbs: verbs.split(',') as Verb[], kinds }))
}
