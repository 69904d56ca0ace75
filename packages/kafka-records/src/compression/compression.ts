// SPDX-License-Identifier: Apache-2.0
/**
 * The four compressions of record batches. gzip and zstd are Node's own; snappy and lz4 are here, because what is unpacked
 * comes from whoever may produce, so each step must be bounded: by the bytes that are left, and by a size that the caller chooses.
 */
import { gunzipSync, gzipSync, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { corrupt } from '../corrupt.ts'
import { packLz4, unpackLz4 } from './lz4-frame.ts'
import { packXerial, unpackXerial } from './xerial.ts'

/** As Kafka calls them. */
export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4' | 'zstd'

/** What was packed. Throws `frame-corrupt` for bytes that cannot be, and beyond `mostBytes`. */
export function decompress(compression: Compression, bytes: Buffer, mostBytes: number): Buffer {
  switch (compression) {
    case 'none':
      return bytes
    case 'gzip':
      return byNode('gzip', () => gunzipSync(bytes, { maxOutputLength: mostBytes }))
    case 'zstd':
      return byNode('zstd', () => zstdDecompressSync(bytes, { maxOutputLength: mostBytes }))
    case 'snappy':
      return unpackXerial(bytes, mostBytes)
    case 'lz4':
      return unpackLz4(bytes, mostBytes)
    default:
      return compression satisfies never
  }
}

/** What a broker and every client unpacks to `bytes`. */
export function compress(compression: Compression, bytes: Buffer): Buffer {
  switch (compression) {
    case 'none':
      return bytes
    case 'gzip':
      return gzipSync(bytes)
    case 'zstd':
      return zstdCompressSync(bytes)
    case 'snappy':
      return packXerial(bytes)
    case 'lz4':
      return packLz4(bytes)
    default:
      return compression satisfies never
  }
}

function byNode(name: string, unpack: () => Buffer): Buffer {
  try {
    return unpack()
  } catch (cause) {
    throw corrupt(`A batch cannot be unpacked by ${name}: ${cause instanceof Error ? cause.message : cause}.`, cause)
  }
}
