// SPDX-License-Identifier: Apache-2.0
/** What people type into a filter box, in the server's words. */

/** `pay labels.app=shop` becomes `name~pay,labels.app=shop`: a word without an operator is part of the name. */
export function filterFor(typed: string, ...further: readonly string[]): string {
  const terms = typed
    .split(/[\s,]+/)
    .filter((term) => term !== '')
    .map((term) => (/^[\w.\-/]+(!=|[<>]=?|=|~)/.test(term) ? term : `name~${term}`))
  return [...terms, ...further.filter((term) => term !== '')].join(',')
}
