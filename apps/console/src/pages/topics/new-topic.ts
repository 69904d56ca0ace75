// SPDX-License-Identifier: Apache-2.0
/** The form of a topic: names checked as they are typed, retention as people say it, and the document that it becomes. */
import { API_VERSION, parseDuration, parseSize, parseTopicName } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'
import { formatDuration } from '../../format/times.ts'

/** The form. Retention and size are as typed; empty for what the tenant's order says. */
export interface TopicForm {
  readonly name: string
  readonly partitions: string
  readonly retention: string
  readonly retentionBytes: string
  readonly cleanup: 'delete' | 'compact' | 'compact,delete'
  readonly maxMessage: string
  readonly description: string
  /** Further settings, one `name=value` each line. */
  readonly more: string
}

/** An empty form. */
export const EMPTY_TOPIC_FORM: TopicForm = {
  name: '',
  partitions: '3',
  retention: '',
  retentionBytes: '',
  cleanup: 'delete',
  maxMessage: '',
  description: '',
  more: '',
}

/** What bounds the form: of the tenant, as far as it is known. */
export interface TopicBounds {
  readonly tenant: string
  readonly partitionsLeft?: number | undefined
  readonly retentionMs?: number | undefined
  /** Taken by other documents. */
  readonly names?: ReadonlySet<string>
}

/** What is wrong, by field. */
export type FormProblems = Readonly<Partial<Record<keyof TopicForm, string>>>

/** Checks what can be checked while typing; the rest is the server's dry run. */
export function topicProblems(form: TopicForm, bounds: TopicBounds): FormProblems {
  const problems: Partial<Record<keyof TopicForm, string>> = {}
  const put = (field: keyof TopicForm, message: string | undefined) => {
    if (message !== undefined) problems[field] = message
  }
  put('name', nameProblem(form.name, bounds))
  put('partitions', partitionsProblem(form.partitions, bounds.partitionsLeft))
  put('retention', retentionProblem(form.retention, bounds.retentionMs))
  if (form.retentionBytes.trim() !== '')
    put(
      'retentionBytes',
      messageOf(() => parseSize(form.retentionBytes)),
    )
  if (form.maxMessage.trim() !== '')
    put(
      'maxMessage',
      messageOf(() => parseSize(form.maxMessage)),
    )
  put('more', parseSettings(form.more).problem)
  return problems
}

/** Why Kafka or the rule of names would not take it; undefined for a good one and for an empty one that nobody typed yet. */
export function nameProblem(name: string, { tenant, names }: TopicBounds): string | undefined {
  if (names?.has(name) === true) return `There is a topic "${name}" already. Choose another name.`
  return name === '' ? undefined : messageOf(() => parseTopicName(name, tenant))
}

/** Milliseconds of `4 weeks`, `7d`, `1 day 12 hours`, `for ever` (-1). Throws `quantity-invalid`. */
export function parseRetention(text: string): number {
  const said = text.trim().toLowerCase()
  if (/^(for ?ever|unlimited|-1)$/.test(said)) return -1
  if (/^\d+\s*ms$/.test(said)) return parseDuration(said)
  const parts = [...said.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*/g)]
  if (parts.length < 1 || parts.map(([all]) => all).join('') !== said) return parseDuration(text)
  return parts.reduce((sum, [, count = '', unit = '']) => sum + parseDuration(`${count}${UNITS[unit] ?? unit}`), 0)
}

/** What a retention means: `4 weeks, 2,419,200,000 ms`. Undefined for text that is none. */
export function sayRetention(text: string): string | undefined {
  try {
    const ms = parseRetention(text)
    return ms < 0 ? 'for ever' : `${formatDuration(ms)}, ${ms.toLocaleString('en')} ms`
  } catch {
    return undefined
  }
}

/** The document of a form without problems. */
export function topicDocument(form: TopicForm, tenant: string): unknown {
  const config: Record<string, string> = { ...parseSettings(form.more).settings }
  if (form.retention.trim() !== '') config['retention.ms'] = String(parseRetention(form.retention))
  if (form.retentionBytes.trim() !== '') config['retention.bytes'] = String(parseSize(form.retentionBytes))
  if (form.maxMessage.trim() !== '') config['max.message.bytes'] = String(parseSize(form.maxMessage))
  if (form.cleanup !== 'delete') config['cleanup.policy'] = form.cleanup
  return {
    apiVersion: API_VERSION,
    kind: 'Topic',
    metadata: { name: form.name, tenant },
    spec: {
      partitions: Number(form.partitions),
      config,
      ...(form.description.trim() !== '' && { description: form.description.trim() }),
    },
  }
}

/** `name=value` lines as settings, or the first line that is none. */
export function parseSettings(text: string): {
  readonly settings: Readonly<Record<string, string>>
  readonly problem?: string
} {
  const settings: Record<string, string> = {}
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue
    const match = /^([a-z][a-z0-9.]*)\s*=\s*(.*)$/.exec(line)
    if (match === null) return { settings, problem: `"${line}" is no setting. Write each as min.insync.replicas=2.` }
    settings[match[1] ?? ''] = match[2] ?? ''
  }
  return { settings }
}

const UNITS: Readonly<Record<string, string>> = {
  second: 's',
  seconds: 's',
  minute: 'm',
  minutes: 'm',
  hour: 'h',
  hours: 'h',
  day: 'd',
  days: 'd',
  week: 'w',
  weeks: 'w',
}

function partitionsProblem(text: string, left: number | undefined): string | undefined {
  if (!/^\d{1,6}$/.test(text.trim()) || Number(text) < 1) return 'Write a whole number, 1 or more.'
  if (left !== undefined && Number(text) > left) return `The tenant has ${left} partitions left.`
  return undefined
}

function retentionProblem(text: string, mostMs: number | undefined): string | undefined {
  if (text.trim() === '') return undefined
  const problem = messageOf(() => parseRetention(text))
  if (problem !== undefined || mostMs === undefined) return problem
  const ms = parseRetention(text)
  return ms < 0 || ms > mostMs
    ? `The tenant ordered ${formatDuration(mostMs)}; a topic may keep records for less.`
    : undefined
}

function messageOf(parse: () => unknown): string | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    return asKaasError(error).message
  }
}
