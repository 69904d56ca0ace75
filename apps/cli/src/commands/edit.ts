// SPDX-License-Identifier: Apache-2.0
/** `kaas edit`: the document in the person's own editor. What is wrong comes back into the file; nothing that she wrote is lost. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { KaasError } from '@kaas/errors'
import type { ResourceName } from '@kaas/http-contract'
import { stringify } from 'yaml'
import { parseStream } from '../documents.ts'
import { inSchemaOrder } from '../render/output.ts'
import { resourceNameOf, type Session } from '../session.ts'
import { storedDocument } from '../stored-document.ts'
import { type ChangeOptions, makeChange } from './change.ts'

/** Opens the editor until the document can be stored or the person gives up. */
export async function editCommand(
  session: Session,
  word: string,
  name: string,
  options: ChangeOptions & { readonly tenant?: string },
): Promise<void> {
  const resource = resourceNameOf(await session.kindOf(word), name, options.tenant)
  const before = inSchemaOrder(await session.client.get(resource))
  const original = stringify(storedDocument(before), { lineWidth: 0 })
  const file = join(mkdtempSync(join(tmpdir(), 'kaas-edit-')), `${name}.yaml`)
  writeFileSync(file, `${HEAD.map((line) => `${MARK} ${line}\n`).join('')}${original}`, { mode: 0o600 })
  try {
    await editUntilGood(session, file, original, async (text) => {
      await makeChange(session, { resource, before, document: documentIn(text, resource) }, options)
    })
  } catch (error) {
    throw readBody(file) === original ? error : keptIn(error, file)
  }
  rmSync(dirname(file), { recursive: true, force: true })
}

const MARK = '#kaas'
const HEAD = [
  'Change the document below, save it and leave the editor; nothing is made before you agree.',
  'Leave it as it is, or empty, to change nothing. Lines that begin with #kaas are not part of it.',
]

async function editUntilGood(
  session: Session,
  file: string,
  original: string,
  make: (text: string) => Promise<void>,
): Promise<void> {
  let last = original
  for (;;) {
    await session.terminal.openEditor(file)
    const text = readBody(file)
    if (text.trim() === '' || text === original) {
      writeFileSync(file, original)
      throw new KaasError('cancelled-by-caller', { message: 'The document is as it was; nothing was changed.' })
    }
    // Left as it came back with its errors: the person gives up.
    if (text === last)
      throw new KaasError('cancelled-by-caller', { message: 'The document was left with its errors; nothing was changed.' })
    last = text
    try {
      return await make(text)
    } catch (error) {
      if (!(error instanceof KaasError) || !isAboutText(error)) throw error
      writeFileSync(file, `${commentOf(error)}${text}`)
    }
  }
}

/** What another text could mend. The rest (somebody was faster, the server is away, no to the question) ends the command. */
function isAboutText({ kind, code }: KaasError): boolean {
  return kind === 'invalid' || (kind === 'refused' && code !== 'managed-in-git')
}

function commentOf({ message, help, fields }: KaasError): string {
  const lines = [
    'It cannot be stored like this:',
    message,
    ...fields.map((field) => `  ${field.path}: ${field.message}`),
    ...(help === undefined ? [] : [help]),
    'Correct it and save, or leave it as it is to give up.',
  ]
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `${MARK} ${line}\n`)
    .join('')
}

function readBody(file: string): string {
  const lines = readFileSync(file, 'utf8').split(/(?<=\n)/)
  return lines.filter((line) => !line.startsWith(MARK)).join('')
}

/** Exactly one document, of the same name: another name would make another resource. */
function documentIn(text: string, { kind, name, tenant }: ResourceName): object {
  const [document, ...more] = parseStream(text, 'the text')
  if (document === undefined || more.length > 0) {
    throw new KaasError('document-invalid', {
      message: `The text holds ${more.length + (document === undefined ? 0 : 1)} documents; exactly one is edited.`,
      help: 'Keep the one document.',
    })
  }
  if (document.kind === kind.kind && document.name === name && document.tenant === tenant) return document.value
  throw new KaasError('document-invalid', {
    message: 'Kind, name and tenant cannot be changed here.',
    help: `Write kind ${kind.kind} and name ${name} again; make another resource with "kaas apply -f".`,
  })
}

function keptIn(error: unknown, file: string): unknown {
  if (!(error instanceof KaasError)) return error
  const { code, message, help, fields } = error
  const kept = `Your text is kept in ${file}; use it with "kaas apply -f".`
  return new KaasError(code, { message, help: [help, kept].filter(Boolean).join('\n'), fields, cause: error })
}
