// SPDX-License-Identifier: Apache-2.0
/**
 * The names that shares give to topics (decision 0029): a topic of another tenant under a name of this one, or a second name for an own
 * topic. Only what the snapshot lists is ever another name; everything else of the other tenant stays foreign. Pure.
 */
import { prefixOf, type SharedTopic, type SnapshotTenant } from '@kaas/domain'

/** Shares of one tenant, looked up by either name. */
export interface SharedNames {
  /** Topics of other tenants. */
  readonly others: readonly SharedTopic[]
  /** Whether own topics have second names here. */
  readonly hasAliases: boolean
  /** What clients call by this name, as the broker knows it; undefined for a name that is no share's. */
  physicalOf(name: string): string | undefined
  /** What clients call the topic of another tenant; undefined for own topics, aliases or not. */
  logicalOf(physical: string): string | undefined
  /** Second names of an own topic. */
  aliasesOf(physical: string): readonly string[]
  /** A broker's sentence, with names of topics of others as clients know them. */
  inText(text: string): string
}

const NO_NAMES: readonly string[] = []

/** The names that `tenant` has by shares; empty for most. */
export function sharedNamesOf({ name: tenant, shares = [] }: SnapshotTenant): SharedNames {
  const physical = new Map(shares.map((share) => [share.name, share.physicalName]))
  const isOwn = ({ physicalName }: SharedTopic): boolean => physicalName.startsWith(prefixOf(tenant))
  const others = shares.filter((share) => !isOwn(share))
  const logical = new Map(others.map((share) => [share.physicalName, share.name]))
  const aliases = Map.groupBy(shares.filter(isOwn), ({ physicalName }) => physicalName)
  const mention = mentionOf([...logical.keys()])
  return {
    others,
    hasAliases: aliases.size > 0,
    physicalOf: (name) => physical.get(name),
    logicalOf: (topic) => logical.get(topic),
    aliasesOf: (topic) => aliases.get(topic)?.map(({ name }) => name) ?? NO_NAMES,
    inText: (text) => (mention === undefined ? text : text.replace(mention, (topic) => logical.get(topic) ?? topic)),
  }
}

/** Whole names only, of letters, digits, dots and dashes, the longest first: a sentence may name one that begins as another does. It may also end with a dot. */
function mentionOf(topics: readonly string[]): RegExp | undefined {
  if (topics.length === 0) return undefined
  const words = topics.toSorted((one, other) => other.length - one.length).map((topic) => topic.replaceAll('.', '\\.'))
  return new RegExp(`(?<![A-Za-z0-9._-])(?:${words.join('|')})(?![A-Za-z0-9_-]|\\.[A-Za-z0-9_-])`, 'g')
}
