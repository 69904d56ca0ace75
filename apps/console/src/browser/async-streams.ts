// SPDX-License-Identifier: Apache-2.0
/** Lets `for await` read a stream in browsers that cannot do it by themselves (Safari before 26). Imported for what it does. */

const prototype = ReadableStream.prototype as unknown as Record<symbol, unknown>

async function* chunksOf(this: ReadableStream<unknown>): AsyncGenerator<unknown> {
  const reader = this.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel()
  }
}

if (prototype[Symbol.asyncIterator] === undefined) prototype[Symbol.asyncIterator] = chunksOf
