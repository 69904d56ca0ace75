// SPDX-License-Identifier: Apache-2.0
/** Reads entries of a jar, which is a zip file. Knows stored and deflated entries of less than 4 GiB: all that jars have. */
import { inflateRawSync } from 'node:zlib'

const END_SIGNATURE = 0x06054b50
const END_BYTES = 22
const ENTRY_BYTES = 46
const LOCAL_HEADER_BYTES = 30

/** The text of every entry whose name passes, by name. Throws a RangeError when the bytes are no jar. */
export function readJarTexts(jar: Buffer, wanted: (name: string) => boolean): Map<string, string> {
  const texts = new Map<string, string>()
  let at = jar.readUInt32LE(endRecordOf(jar) + 16)
  for (let count = jar.readUInt16LE(endRecordOf(jar) + 10); count > 0; count--) {
    const nameBytes = jar.readUInt16LE(at + 28)
    const name = jar.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)
    if (wanted(name)) texts.set(name, contentOf(jar, at).toString('utf8'))
    at += ENTRY_BYTES + nameBytes + jar.readUInt16LE(at + 30) + jar.readUInt16LE(at + 32)
  }
  return texts
}

function endRecordOf(jar: Buffer): number {
  for (let at = jar.length - END_BYTES; at >= 0; at--) {
    if (jar.readUInt32LE(at) === END_SIGNATURE) return at
  }
  throw new RangeError('This is no jar: it has no central directory.')
}

function contentOf(jar: Buffer, entry: number): Buffer {
  const method = jar.readUInt16LE(entry + 10)
  const compressedBytes = jar.readUInt32LE(entry + 20)
  const local = jar.readUInt32LE(entry + 42)
  const start = local + LOCAL_HEADER_BYTES + jar.readUInt16LE(local + 26) + jar.readUInt16LE(local + 28)
  const content = jar.subarray(start, start + compressedBytes)
  return method === 0 ? content : inflateRawSync(content)
}
