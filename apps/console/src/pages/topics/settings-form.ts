// SPDX-License-Identifier: Apache-2.0
/** Settings of a topic as people write them: `4 weeks` for `.ms`, `1GiB` for `.bytes`, raw numbers as well. */
import { parseSize } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import { formatBinarySize } from '../../format/numbers.ts'
import { formatDuration } from '../../format/times.ts'
import { parseRetention } from './new-topic.ts'

/** One line of the form. `value` is as typed. */
export interface SettingLine {
  readonly name: string
  readonly value: string
}

/** The raw value Kafka takes, or what is wrong with the text. */
export type RawSetting =
  | { readonly kind: 'raw'; readonly raw: string; readonly meaning: string | undefined }
  | { readonly kind: 'problem'; readonly message: string }

/** Reads what was typed for a setting. */
export function rawSetting({ name, value }: SettingLine): RawSetting {
  const typed = value.trim()
  if (!/^[a-z][a-z0-9.]*$/.test(name))
    return { kind: 'problem', message: 'Write the name of a setting, as in retention.ms.' }
  if (typed === '') return { kind: 'problem', message: 'Write a value, or remove the line.' }
  if (/^-?\d+$/.test(typed)) return { kind: 'raw', raw: typed, meaning: meaningOf(name, Number(typed)) }
  try {
    if (name.endsWith('.ms')) return numberFor(name, parseRetention(typed))
    if (name.endsWith('.bytes')) return numberFor(name, /^(unlimited|-1)$/i.test(typed) ? -1 : parseSize(typed))
  } catch (error) {
    return { kind: 'problem', message: asKaasError(error).message }
  }
  return { kind: 'raw', raw: typed, meaning: undefined }
}

/** All lines as `config` of a document, or the problems by the index of their line. */
export function configOf(lines: readonly SettingLine[]): {
  readonly config: Readonly<Record<string, string>>
  readonly problems: Readonly<Record<number, string>>
} {
  const config: Record<string, string> = {}
  const problems: Record<number, string> = {}
  lines.forEach((line, index) => {
    const read = rawSetting(line)
    if (read.kind === 'problem') problems[index] = read.message
    else if (Object.hasOwn(config, line.name)) problems[index] = 'This setting is there twice.'
    else config[line.name] = read.raw
  })
  return { config, problems }
}

function numberFor(name: string, value: number): RawSetting {
  return { kind: 'raw', raw: String(value), meaning: meaningOf(name, value) }
}

function meaningOf(name: string, value: number): string | undefined {
  if (name.endsWith('.ms')) return value < 0 ? 'for ever' : formatDuration(value)
  if (name.endsWith('.bytes')) return value < 0 ? 'unlimited' : formatBinarySize(value)
  return undefined
}
