// SPDX-License-Identifier: Apache-2.0
/** `npm run requirements`: each requirement with the tests that prove it. Ends with 1 when a mark has no row, or a reason is overtaken. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { marksOf, reasonsOf, renderRequirements, rowsOf, staleReasons, unknownMarks } from './house/requirement-rows.ts'
import { loadSources } from './house/source-file.ts'
import { isTest } from './house/walk-files.ts'

const root = process.argv[2] ?? join(import.meta.dirname, '..')
const PAGE = 'docs/requirements.md'
const page = readFileSync(join(root, PAGE), 'utf8')
const rows = rowsOf(page)
const marks = loadSources(root)
  .filter(({ path }) => isTest(path))
  .flatMap(marksOf)
const reasons = reasonsOf(page)
const problems = [...unknownMarks(rows, marks), ...staleReasons(PAGE, rows, marks, reasons)]
console.log(renderRequirements(rows, marks, reasons))
for (const { file, line, message } of problems) console.log(`${file}:${line} ${message}`)
process.exitCode = problems.length === 0 ? 0 : 1
