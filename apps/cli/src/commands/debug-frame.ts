// SPDX-License-Identifier: Apache-2.0
/** `kaas debug frame`: what the bytes of a captured Kafka frame mean. Needs no server. */
import { KaasError } from '@kaas/errors'
import { APIS, type Api, type ExplainedFrame, explainFrame } from '@kaas/kafka-protocol'
import type { Output } from '../output-names.ts'
import { renderValue } from '../render/output.ts'
import type { Terminal } from '../terminal.ts'

/** Options of the command. `response` names API and version, because a response does not: `Metadata:12`. */
export interface DebugFrameOptions {
  readonly response?: string
  readonly output: Output
}

const LENGTH_BYTES = 4

/**
 * Prints the fields of the frame in `hex`, with or without its length prefix. Returns 13 when the bytes stop making sense. Throws
 * `usage-invalid` for what is no hex, and for an API that is not one.
 */
export function debugFrameCommand(terminal: Terminal, hex: string, { response, output }: DebugFrameOptions): number {
  const explained = explainFrame(withoutLength(bytesOf(hex)), response === undefined ? undefined : responseOf(response))
  terminal.out(output === 'json' || output === 'yaml' ? renderValue(explained, output) : renderFrame(explained))
  return explained.problem === undefined ? 0 : 13
}

/** Captures come with spaces, colons, line ends or the offsets of xxd left out. */
function bytesOf(text: string): Buffer {
  const hex = text.replace(/0x|[\s:,]/gi, '')
  if (/^([0-9a-f]{2})+$/i.test(hex)) return Buffer.from(hex, 'hex')
  throw new KaasError('usage-invalid', {
    message: 'These are not bytes as hexadecimal digits.',
    help: 'Give two digits for each byte; spaces and colons may be between them: 00 00 00 1f 00 03 …',
  })
}

function withoutLength(bytes: Buffer): Buffer {
  const isLength = bytes.length > LENGTH_BYTES && bytes.readInt32BE(0) === bytes.length - LENGTH_BYTES
  return isLength ? bytes.subarray(LENGTH_BYTES) : bytes
}

function responseOf(text: string): { readonly api: Api; readonly version: number } {
  const [name = '', version = ''] = text.split(':')
  const api = APIS.find((each) => each.name.toLowerCase() === name.toLowerCase() || String(each.key) === name)
  if (api !== undefined && /^\d+$/.test(version)) return { api, version: Number(version) }
  throw new KaasError('usage-invalid', {
    message: `"${text}" does not say which response it is.`,
    help: 'Name the API and the version of the request, as in --response Metadata:12 or --response 3:12.',
  })
}

function renderFrame({ title, fields, problem }: ExplainedFrame): string {
  const lines = fields.map(({ offset, depth, name, value }) =>
    `${offset.toString(16).padStart(6, '0')}  ${'  '.repeat(depth)}${name}${value === '' ? '' : `: ${value}`}`.trimEnd(),
  )
  return `${[title, ...lines, ...(problem === undefined ? [] : [`  ${problem}`])].join('\n')}\n`
}
