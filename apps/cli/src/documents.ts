// SPDX-License-Identifier: Apache-2.0
/** Documents from files, folders and standard input, checked and in the order in which they depend on each other. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { KIND_NAMES, parseDocument } from '@kaas/domain'
import { KaasError } from '@kaas/errors'
import { KNOWN_KINDS, SERVER_METADATA } from '@kaas/http-contract'
import { type Document, parseAllDocuments } from 'yaml'

/** A document with the names that its path needs. `value` is what is sent: as written, without defaults. */
export interface SourceDocument {
  readonly source: string
  readonly kind: string
  readonly name: string
  readonly tenant: string | undefined
  readonly value: Readonly<Record<string, unknown>>
  /** The document as it stands in its file, comments included, and ends with a line break. */
  readonly text: string
}

/**
 * All documents of the given paths; `-` is standard input. Every one is checked before any is returned, so that nothing is
 * sent when one is wrong. Throws `document-invalid` with the file and the number of the document. Files whose
 * text is to be `skipped` are left out.
 */
export async function readDocuments(
  paths: readonly string[],
  readInput: () => Promise<string>,
  skipped: (text: string) => boolean = () => false,
): Promise<readonly SourceDocument[]> {
  const documents: SourceDocument[] = []
  for (const path of paths) {
    if (path === '-') documents.push(...parseStream(await readInput(), 'standard input'))
    else {
      const files = filesOf(path).map((file) => ({ file, text: loadFile(file) }))
      for (const { file, text } of files) if (!skipped(text)) documents.push(...parseStream(text, file))
    }
  }
  if (documents.length > 0) return inOrder(documents)
  throw new KaasError('document-invalid', {
    message: `There is no document in ${paths.join(', ')}.`,
    help: 'Name a .yaml, .yml or .json file, a folder with such files, or - for standard input.',
  })
}

/** The documents of one YAML stream. Empty ones are left out. */
export function parseStream(text: string, source: string): readonly SourceDocument[] {
  let end = 0
  return parseAllDocuments(text).flatMap((document, index) => {
    const where = `${source}, document ${index + 1}`
    const fault = document.errors[0]
    if (fault !== undefined) throw unreadable(where, fault)
    const value = unfolded(document, where)
    const written = text.slice(end, document.range[2]).replace(/^---[^\S\n]*\n?/, '')
    end = document.range[2]
    if (value === null || value === undefined) return []
    return [checked(value, where, written.endsWith('\n') ? written : `${written}\n`)]
  })
}

/** What must exist first comes first; within a kind the order of the files stays. Unknown kinds come last. */
export function inOrder(documents: readonly SourceDocument[]): readonly SourceDocument[] {
  const rank = (kind: string) => {
    const known = KNOWN_KINDS.findIndex((each) => each.kind === kind)
    return known === -1 ? KNOWN_KINDS.length : known
  }
  return documents.toSorted((a, b) => rank(a.kind) - rank(b.kind))
}

/** Refuses documents that a few lines of aliases unfold to millions of values. */
function unfolded(document: Document.Parsed, where: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw unreadable(where, error instanceof Error ? error : new Error(String(error)))
  }
}

function checked(value: unknown, source: string, text: string): SourceDocument {
  try {
    // A kind that only a newer server knows is checked by that server.
    const { kind, metadata } = newerDocument(value) ?? parseDocument(withoutAdditions(value))
    return { source, kind, name: metadata.name, tenant: metadata.tenant, value: { ...(value as object) }, text }
  } catch (error) {
    if (!(error instanceof KaasError)) throw error
    const { code, message, help, fields } = error
    throw new KaasError(code, {
      message: `${source}: ${message}`,
      fields,
      cause: error,
      ...(help === undefined ? {} : { help }),
    })
  }
}

/** The document without what only the server writes, which it ignores itself: what `get` printed can be applied. */
export function withoutAdditions(value: unknown): unknown {
  if (!isRecord(value) || !isRecord(value.metadata)) return value
  const own = Object.entries(value.metadata).filter(([name]) => !SERVER_METADATA.includes(name))
  return { ...value, metadata: Object.fromEntries(own) }
}

function newerDocument(value: unknown) {
  if (!isRecord(value) || typeof value.kind !== 'string' || !isRecord(value.metadata)) return undefined
  const { kind, metadata } = value
  const { name, tenant } = metadata
  if (KIND_NAMES.some((known) => known === kind) || typeof name !== 'string') return undefined
  return { kind, metadata: { name, tenant: typeof tenant === 'string' ? tenant : undefined } }
}

function filesOf(path: string): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isDirectory() !== true) return [path]
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/i.test(name))
    .sort()
    .map((name) => join(path, name))
}

function loadFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new KaasError('usage-invalid', {
      message: `The file ${file} cannot be read.`,
      help: 'Check its name, or use - to read from standard input.',
      cause: error,
    })
  }
}

function unreadable(where: string, fault: Error): KaasError {
  return new KaasError('document-invalid', {
    message: `${where} is not YAML: ${fault.message.split('\n')[0]?.replace(/:$/, '')}.`,
    help: 'Correct the line; documents are separated by lines of three dashes.',
    cause: fault,
  })
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
