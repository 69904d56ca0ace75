// SPDX-License-Identifier: Apache-2.0
/** The search part of addresses: plain text on both sides, so that links can be read and typed. */

/** Members of the search part. */
export type Search = Readonly<Record<string, string>>

/** `?a=1&b=x` as members; of a name that comes twice the last counts. */
export function parseSearch(text: string): Search {
  return Object.fromEntries(new URLSearchParams(text))
}

/** The members as text with its question mark; empty and undefined ones are left out. */
export function renderSearch(search: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
  // These need no escape there, and the address is read by people.
  return text === '' ? '' : `?${text.replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%2F/g, '/')}`
}

/** The search part after a change: what equals its default is not in it. Other members stay. */
export function changeSearch(search: Search, defaults: Search, change: Partial<Search>): Search {
  const merged: Record<string, string> = { ...search }
  for (const [name, value] of Object.entries(change)) {
    if (value === undefined || value === (defaults[name] ?? '')) delete merged[name]
    else merged[name] = value
  }
  return merged
}
