// SPDX-License-Identifier: Apache-2.0
/** Apache's own message definitions as they lie in the `kafka-clients` jar, without their prose. */
import { readJarTexts } from './read-jar.ts'

/** A field as Apache writes it. Versions are texts such as `3+`, `0-7`, `2` or `none`. */
export interface ApacheField {
  readonly name: string
  readonly type: string
  readonly versions: string
  readonly nullableVersions?: string
  readonly taggedVersions?: string
  readonly flexibleVersions?: string
  readonly tag?: number
  readonly default?: string | number | boolean
  readonly ignorable?: boolean
  readonly entityType?: string
  readonly fields?: readonly ApacheField[]
}

/** A message as Apache writes it. */
export interface ApacheMessage {
  readonly name: string
  readonly type: string
  readonly apiKey?: number
  readonly listeners?: readonly string[]
  readonly latestVersionUnstable?: boolean
  readonly validVersions: string
  readonly flexibleVersions?: string
  readonly commonStructs?: readonly { readonly name: string; readonly fields: readonly ApacheField[] }[]
  readonly fields?: readonly ApacheField[]
}

/** The definitions in a `kafka-clients` jar, ordered by key, then by name. */
export function apacheMessagesIn(jar: Buffer): ApacheMessage[] {
  const texts = readJarTexts(jar, (name) => /^common\/message\/\w+\.json$/.test(name))
  const messages = [...texts.values()].map((text) => JSON.parse(withoutComments(text), withoutProse) as ApacheMessage)
  return messages.sort((a, b) => (a.apiKey ?? -1) - (b.apiKey ?? -1) || (a.name < b.name ? -1 : 1))
}

/** Comments are whole lines, or follow a value; no text in these files holds two slashes but in links of the prose. */
function withoutComments(text: string): string {
  return text.replace(/^\s*\/\/.*$/gm, '').replace(/(?<!:)\/\/[^"\n]*$/gm, '')
}

function withoutProse(key: string, value: unknown): unknown {
  return key === 'about' || key === 'mapKey' || key === 'zeroCopy' ? undefined : value
}
