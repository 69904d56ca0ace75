// SPDX-License-Identifier: Apache-2.0
/**
 * From the subject of a client's certificate to a user, by rules in Kafka's own syntax (`ssl.principal.mapping.rules`, KIP-371), so that
 * rules can be taken over: `RULE:^CN=(.*?),OU=.*$/$1/L,DEFAULT`. The first rule that matches counts.
 */
import { KaasError } from '@kaas/errors'
import { RE2JS } from 're2js'

type Rule =
  | { readonly kind: 'default' }
  | { readonly kind: 'replace'; readonly pattern: RE2JS; readonly replacement: string; readonly letters: '' | 'L' | 'U' }

/** The whole subject as Kafka has it, for the rule DEFAULT: of no use as a user here, as it has no tenant. */
const RULE = /\s*(?:(DEFAULT)|RULE:((?:\\.|[^\\/])*)\/((?:\\.|[^\\/])*)\/([LU]?))\s*(?:,|$)/y

/** Rules, read once. Throws `config-invalid` for text that is not rules. */
export class PrincipalRules {
  readonly #rules: readonly Rule[]

  constructor(text: string) {
    this.#rules = parseRules(text)
  }

  /** The user's full name for a subject such as `CN=orders.app,O=Example`; undefined when no rule matches. */
  userFor(subject: string): string | undefined {
    for (const rule of this.#rules) {
      if (rule.kind === 'default') return subject
      const matcher = rule.pattern.matcher(subject)
      if (!matcher.matches()) continue
      const user = rule.replacement.replaceAll(/\$(\d)/g, (_, group) => matcher.group(Number(group)) ?? '')
      return rule.letters === 'L' ? user.toLowerCase() : rule.letters === 'U' ? user.toUpperCase() : user
    }
    return undefined
  }
}

function parseRules(text: string): readonly Rule[] {
  const rules: Rule[] = []
  RULE.lastIndex = 0
  while (RULE.lastIndex < text.length) {
    const match = RULE.exec(text)
    if (match === null) throw badRules(text)
    const [, isDefault, pattern = '', replacement = '', letters = ''] = match
    if (isDefault !== undefined) rules.push({ kind: 'default' })
    else rules.push({ kind: 'replace', pattern: compile(pattern, text), replacement, letters: letters as '' | 'L' | 'U' })
  }
  if (rules.length === 0) throw badRules(text)
  return rules
}

/** Patterns run on what strangers send: RE2 takes time in proportion to the text, whatever the pattern. */
function compile(pattern: string, text: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (cause) {
    throw badRules(text, cause)
  }
}

function badRules(text: string, cause?: unknown): KaasError {
  return new KaasError('config-invalid', {
    message: `The rules "${text}" for certificates cannot be read.`,
    help: 'Write them as in ssl.principal.mapping.rules of Kafka, for example RULE:^CN=([^,]+).*$/$1/',
    cause,
  })
}
