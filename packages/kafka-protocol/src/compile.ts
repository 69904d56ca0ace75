// SPDX-License-Identifier: Apache-2.0
/**
 * From a description and a version to a codec. Every decision that depends on the version (does the field exist, is it compact,
 * may it be null) is taken here, once; what is left is a flat list of closures. This is the only door to reading and writing
 * messages, so a faster way of making codecs would have to change nothing else.
 */
import type { Reader, Writer } from './bytes.ts'
import { compileStructReader } from './compile-reader.ts'
import { compileStructWriter } from './compile-writer.ts'
import type { Dialect } from './dialect.ts'
import type { Fields, InputOf, MessageOf } from './schema.ts'

/** Reads and writes one description in one version. */
export interface Codec<F extends Fields> {
  /** Throws `frame-corrupt` for bytes that cannot be this message. Byte strings are slices of the frame. */
  read(reader: Reader): MessageOf<F>
  /** Throws `not-supported` for a value that this version cannot carry. */
  write(writer: Writer, message: InputOf<F>): void
}

/** Makes the codec of a description. Takes some tens of microseconds: keep what it returns. */
export function compile<F extends Fields>(fields: F, dialect: Dialect): Codec<F> {
  return {
    read: compileStructReader(fields, dialect) as Codec<F>['read'],
    write: compileStructWriter(fields, dialect) as Codec<F>['write'],
  }
}
