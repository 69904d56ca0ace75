// SPDX-License-Identifier: Apache-2.0
/** `npm run requirements`: each requirement with the tests that prove it. Ends with 1 when a mark has no row. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marksOf, renderRequirements, rowsOf, unknownMarks } from './house/requirement-rows.ts'
import { loadSources } from './house/source-file.ts'
import { isTest } from './house/walk-files.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const rows = rowsOf(readFileSync(join(root, 'docs/requirements.md'), 'utf8'))
const marks = loadSources(root)
  .filter(({ path }) => isTest(path))
  .flatMap(marksOf)
const unknown = unknownMarks(rows, marks)
console.log(renderRequirements(rows, marks))
for (const { file, line, message } of unknown) console.log(`${file}:${line} ${message}`)
process.exitCode = unknown.length === 0 ? 0 : 1
