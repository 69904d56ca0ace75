// SPDX-License-Identifier: Apache-2.0
/** `node tools/render-reference.ts [root]`: writes the pages of `docs/reference/` that are printed from code. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printedPages } from './house/printed-pages.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
for (const { file, text } of await printedPages(root)) {
  writeFileSync(join(root, file), text)
  console.log(file)
}
