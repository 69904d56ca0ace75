// SPDX-License-Identifier: Apache-2.0
/** The log as packages see it: structured, without a back end. Apps pass a pino logger, which has this shape. */

/** Names and plain values of one line. Never a payload or a secret. */
export type Fields = Readonly<Record<string, unknown>>

/** One method per level; fields first, then a sentence without values. */
export interface Log {
  debug(fields: Fields, message: string): void
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
  /** A log that adds `fields` to every line. */
  child(fields: Fields): Log
}
