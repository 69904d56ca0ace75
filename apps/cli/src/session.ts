// SPDX-License-Identifier: Apache-2.0
/** What every command works with: the terminal, the home folder, the client of the API, and kinds by the word a person types. */
import { relative } from 'node:path'
import { KaasError } from '@kaas/errors'
import { type ApiClient, createClient, type KindDescription, KNOWN_KINDS, type ResourceName } from '@kaas/http-contract'
import type { Home } from './home.ts'
import { nearestWord } from './nearest-word.ts'
import { type Style, styleFor } from './render/style.ts'
import type { Terminal } from './terminal.ts'

/** One run of the command line. */
export interface Session {
  readonly terminal: Terminal
  readonly style: Style
  readonly home: Home
  readonly client: ApiClient
  /** A path as a person would type it from where she is. */
  readonly shownPath: (path: string) => string
  /** The kind that `word` names; asks the server when this version does not know it. Throws `usage-invalid` for no kind. */
  readonly kindOf: (word: string) => Promise<KindDescription>
}

/** A session on a home. Nothing is called before a command does. */
export function createSession(terminal: Terminal, home: Home, workingDirectory: string): Session {
  const client = createClient({
    baseUrl: home.api,
    fetch: fetchInTime,
    ...(home.token === undefined ? {} : { token: home.token }),
  })
  return {
    terminal,
    home,
    client,
    style: styleFor(terminal.color),
    shownPath: (path) => {
      const near = relative(workingDirectory, path)
      return near.startsWith('..') ? path : near
    },
    kindOf: async (word) => {
      const known = find(KNOWN_KINDS, word)
      if (known !== undefined) return known
      const served = await client.kinds()
      const found = find(served, word)
      if (found === undefined) throw noSuchKind(word, served)
      return found
    },
  }
}

const ANSWER_MS = 60_000

/** A server that takes the connection and never answers counts as one that cannot be reached. Event streams may be silent. */
const fetchInTime: typeof fetch = (input, init) => {
  const streams = new Headers(init?.headers).get('accept') === 'text/event-stream'
  return globalThis.fetch(input, streams ? init : { ...init, signal: AbortSignal.timeout(ANSWER_MS) })
}

/** `kind`, `name` and, where the kind lives in a tenant, the tenant. Throws `usage-invalid` when the tenant is missing. */
export function resourceNameOf(kind: KindDescription, name: string, tenant: string | undefined): ResourceName {
  if (kind.scope === 'platform') return { kind, name }
  if (tenant !== undefined) return { kind, name, tenant }
  throw new KaasError('usage-invalid', {
    message: `A ${kind.singular} lives in a tenant.`,
    help: `Add --tenant with its name.`,
  })
}

function find(kinds: readonly KindDescription[], word: string): KindDescription | undefined {
  const wanted = word.toLowerCase()
  return kinds.find(({ singular, plural }) => wanted === singular || wanted === plural)
}

function noSuchKind(word: string, kinds: readonly KindDescription[]): KaasError {
  const words = kinds.map(({ plural }) => plural)
  const nearest = nearestWord(word.toLowerCase(), words)
  return new KaasError('usage-invalid', {
    message: `There is no kind "${word}".`,
    help: nearest === undefined ? `Use one of ${words.join(', ')}.` : `Did you mean ${nearest}?`,
  })
}
