// SPDX-License-Identifier: Apache-2.0
/** One translation per edge: HTTP problem, Kafka error code, process exit code, condition. Nothing else builds a status code. */
import { CODES, type ErrorCode } from './codes.ts'
import type { FieldProblem, KaasError } from './kaas-error.ts'
import { KINDS } from './kinds.ts'

/** A problem document (RFC 9457) with the members the product adds: code, help, fields. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: ErrorCode
  readonly help?: string
  readonly fields?: readonly FieldProblem[]
}

/** The problem document to send, its `status` included. A bug keeps its message for the log: the caller reads only the title. */
export function toHttp(error: KaasError): Problem {
  return {
    type: `https://kaas.dev/errors#${error.code}`,
    title: CODES[error.code].title,
    status: KINDS[error.kind].http,
    detail: error.kind === 'bug' ? CODES[error.code].title : error.message,
    code: error.code,
    ...(error.help === undefined ? {} : { help: error.help }),
    ...(error.fields.length === 0 ? {} : { fields: error.fields }),
  }
}

/** What a `forbidden` failure was about; Kafka has one error code for each. */
export type KafkaResource = 'topic' | 'group' | 'transactionalId' | 'cluster'

const KAFKA_FORBIDDEN: Readonly<Record<KafkaResource, number>> = { topic: 29, group: 30, transactionalId: 53, cluster: 31 }

/** The Kafka error code for a response field. `resource` chooses among the four authorization errors. */
export function toKafka(error: KaasError, resource: KafkaResource = 'topic'): number {
  return error.kind === 'forbidden' ? KAFKA_FORBIDDEN[resource] : KINDS[error.kind].kafka
}

/** The exit code of a command that ends with this error; 0 and 3-for-differences belong to the command itself. */
export function toExit(error: KaasError): number {
  return KINDS[error.kind].exit
}

/** Reason and message of a condition: the reason is the code in the UpperCamelCase that Kubernetes uses. */
export function toCondition(error: KaasError): { readonly reason: string; readonly message: string } {
  const reason = error.code.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase())
  return { reason, message: error.help === undefined ? error.message : `${error.message} ${error.help}` }
}
