// SPDX-License-Identifier: Apache-2.0
/** Puts the fragments of `changes/` into the part of the changelog that is not released yet. Pure; released parts stay as they are. */

/** One file of `changes/`. */
export interface Fragment {
  readonly name: string
  readonly text: string
}

const KINDS = ['added', 'changed', 'fixed', 'removed'] as const

const HEADING = '## Unreleased'

/** The changelog with the fragments, each kind under its own heading. Throws a plain error that names a fragment without a kind. */
export function renderChangelog(changelog: string, fragments: readonly Fragment[]): string {
  const parsed = fragments.map(parseFragment)
  const groups = KINDS.flatMap((kind) => {
    const entries = parsed.filter((fragment) => fragment.kind === kind).map(({ prose }) => `- ${prose}`)
    return entries.length === 0 ? [] : [`### ${capitalised(kind)}\n\n${entries.join('\n')}`]
  })
  const [head = '', rest = ''] = changelog.split(new RegExp(`^${HEADING}\n`, 'm'))
  const released = /^## (?!Unreleased)[\s\S]*/m.exec(rest)?.[0] ?? ''
  return [head.trimEnd(), HEADING, ...groups, released.trimEnd()]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

function parseFragment({ name, text }: Fragment): { readonly kind: string; readonly prose: string } {
  const match = /^(added|changed|fixed|removed): ([\s\S]+)$/.exec(text.trim())
  if (match === null) throw new Error(`changes/${name} must begin with one of ${KINDS.join(', ')} and a colon.`)
  return { kind: match[1] ?? '', prose: (match[2] ?? '').replace(/\n\s*/g, '\n  ') }
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}
