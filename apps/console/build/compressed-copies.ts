// SPDX-License-Identifier: Apache-2.0
/** A plugin of Vite that puts `x.br` and `x.gz` beside every text of a build, so that no server compresses twice. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|html|svg|json|map)$/
/** Below it a header costs more than is won, in bytes. */
const SMALLEST = 1024
/** The highest quality: it is done once per version and travels to every browser. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }

/** Runs after everything is written. */
export function compressedCopies(): Plugin {
  let folder = ''
  return {
    name: 'kaas-compressed-copies',
    apply: 'build',
    configResolved: (config) => {
      folder = join(config.root, config.build.outDir)
      if (config.build.outDir.startsWith('/')) folder = config.build.outDir
    },
    closeBundle: () => {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (TEXT.test(name)) compress(join(folder, name))
      }
    },
  }
}

function compress(file: string): void {
  const content = readFileSync(file)
  if (content.length < SMALLEST) return
  writeFileSync(`${file}.br`, brotliCompressSync(content, BROTLI))
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
}
