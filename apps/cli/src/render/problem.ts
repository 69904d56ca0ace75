// SPDX-License-Identifier: Apache-2.0
/** An error for a person: title, what happened, the fields, what to do. And as a problem document for programs. */
import { CODES, type KaasError, toHttp } from '@kaas/errors'
import type { Style } from './style.ts'
import { wrapped } from './table.ts'

/** Lines for standard error, broken between words at `width`. Never a stack: `KAAS_DEBUG=1` prints that. */
export function renderProblem(error: KaasError, style: Style, width?: number): string {
  // A message that repeats its fields says nothing more with them.
  const fields = error.fields.filter(({ message }) => !error.message.includes(message))
  const title = `${CODES[error.code].title}.`
  const whole = (text: string) => text.split('\n').flatMap((line) => (width === undefined ? [line] : wrapped(line, width)))
  return [
    ...whole(`${title} ${error.message}`).map((line, at) => (at === 0 ? line.replace(title, style('red', title)) : line)),
    ...fields.map(({ path, message }) => `  ${style('bold', path)}: ${message}`),
    ...(error.help === undefined ? [] : whole(error.help)),
    '',
  ].join('\n')
}

/** One line of JSON: the problem document (RFC 9457) that the API would send. A bug keeps its message, the reader is its owner. */
export function renderProblemJson(error: KaasError): string {
  return `${JSON.stringify({ ...toHttp(error), detail: error.message })}\n`
}
