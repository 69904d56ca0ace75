// SPDX-License-Identifier: Apache-2.0
/** Snippets for a page in a browser: what each format is called, what its file is named, and a connection made of what is known here. */
import { type Connection, FORMATS, type FormatName } from '@kaas/client-configuration'
import type { ConnectionAnswer } from '@kaas/http-contract'

/** A format for people. */
export interface FormatChoice {
  readonly name: FormatName
  readonly label: string
  /** What the text is saved as. */
  readonly file: string
}

/** In the order in which they are offered. */
export const FORMAT_CHOICES: readonly FormatChoice[] = [
  { name: 'kcat', label: 'kcat', file: 'kcat.conf' },
  { name: 'python', label: 'Python', file: 'kafka_client.py' },
  { name: 'node', label: 'Node', file: 'kafka.mjs' },
  { name: 'properties', label: 'Java', file: 'client.properties' },
  { name: 'spring', label: 'Spring', file: 'application.yaml' },
  { name: 'go', label: 'Go', file: 'main.go' },
  { name: 'dotnet', label: '.NET', file: 'Program.cs' },
  { name: 'librdkafka', label: 'librdkafka', file: 'librdkafka.conf' },
  { name: 'env', label: 'Shell', file: 'kafka.env' },
  { name: 'k8s-secret', label: 'Kubernetes', file: 'secret.yaml' },
]

/** What is known of a user who connects. */
export interface Known {
  readonly tenant: string
  readonly user: string
  readonly answer: ConnectionAnswer
  /** A gateway answers, not a Kafka of the tenant's own. */
  readonly gateway: boolean
  /** That was made on this page; undefined when the platform keeps only its salted value. */
  readonly password: string | undefined
  readonly mechanism?: 'SCRAM-SHA-512' | 'SCRAM-SHA-256' | undefined
  readonly topic: string
  readonly group: string
}

/** Names of the files that formats refer to which cannot hold certificates in themselves. They lie beside the text. */
export const FILES = { ca: 'ca.pem', certificate: 'client.pem', key: 'client-key.pem' } as const

/** The text of a format. */
export function snippetOf(format: FormatName, known: Known): string {
  return FORMATS[format](connectionOf(format, known))
}

/** The choice with that name; the first when there is none. */
export function formatChoiceOf(name: string): FormatChoice {
  const [first] = FORMAT_CHOICES
  const found = FORMAT_CHOICES.find((each) => each.name === name) ?? first
  if (found === undefined) throw new Error('There is at least one format.')
  return found
}

/** Whether the text leads to files beside it. */
export function needsFiles(format: FormatName, { answer }: Pick<Known, 'answer'>): readonly (keyof typeof FILES)[] {
  if (format !== 'kcat' && format !== 'librdkafka') return []
  return [
    ...(answer.caPem === undefined ? [] : ['ca' as const]),
    ...(answer.login.kind === 'tls' ? (['certificate', 'key'] as const) : []),
  ]
}

function connectionOf(format: FormatName, known: Known): Connection {
  const { tenant, user, answer, gateway, topic, group } = known
  const asFile = needsFiles(format, known).includes('ca')
  return {
    tenant,
    username: `${tenant}.${user}`,
    login: loginOf(known),
    bootstrap: answer.bootstrap,
    gateway,
    caFile: asFile ? FILES.ca : undefined,
    caPem: answer.caPem,
    topic,
    group,
  }
}

function loginOf({ answer: { login }, password, mechanism }: Known): Connection['login'] {
  if (login.kind === 'tls') return { ...login, certificateFile: FILES.certificate, keyFile: FILES.key }
  return { kind: 'scram', mechanism: mechanism ?? login.mechanism, password: password ?? login.password }
}
