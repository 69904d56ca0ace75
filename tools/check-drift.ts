// SPDX-License-Identifier: Apache-2.0
/** `node tools/check-drift.ts [root]`: documents that say something else than the code. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { changelogOf } from './house/changelog-file.ts'
import { commandLine } from './house/command-line.ts'
import { commandProblems } from './house/command-problems.ts'
import { ERROR_PAGE, errorPageProblems } from './house/error-page-problems.ts'
import { identifierProblems } from './house/identifier-problems.ts'
import { pathProblems } from './house/path-problems.ts'
import { printedPageProblems } from './house/printed-pages.ts'
import { reportProblems } from './house/problem.ts'
import { marksOf, reasonsOf, rowsOf, staleReasons, unknownMarks } from './house/requirement-rows.ts'
import { loadSources } from './house/source-file.ts'
import { isTest, walkFiles } from './house/walk-files.ts'

const REQUIREMENTS = 'docs/requirements.md'
const root = process.argv[2] ?? join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const paths = walkFiles(root)
const known = { root, files: paths, ignored: read('.gitignore').split('\n') }
const documents = paths.filter((path) => path.endsWith('.md'))
const { verbs, problems: commandLineProblems } = commandLine(root)
const scripts = new Set(Object.keys(JSON.parse(read('package.json')).scripts ?? {}))

const sources = loadSources(root)
const tests = sources.filter(({ path }) => isTest(path))
const code = sources.filter(({ path }) => !isTest(path))
const rows = rowsOf(read(REQUIREMENTS))
const marks = tests.flatMap(marksOf)
const changelog = { file: 'CHANGELOG.md', line: 1, message: 'lacks fragments. Run node tools/render-changelog.ts.' }

const chartFiles = paths.filter((path) => /^charts\/.*\.(json|ya?ml|tpl)$/.test(path))
const text = [...code.map((source) => source.text), ...chartFiles.map(read)].join('\n')

reportProblems('drift', [
  ...commandLineProblems,
  ...errorPageProblems(read(ERROR_PAGE)),
  ...(await printedPageProblems(root)),
  ...unknownMarks(rows, marks),
  ...staleReasons(REQUIREMENTS, rows, marks, reasonsOf(read(REQUIREMENTS))),
  ...(read('CHANGELOG.md') === changelogOf(root) ? [] : [changelog]),
  ...documents.flatMap((file) => pathProblems(known, file, read(file))),
  ...code.flatMap(({ path, text }) => pathProblems(known, path, text)),
  ...documents.flatMap((file) => identifierProblems(file, read(file), text)),
  ...documents.flatMap((file) => commandProblems(root, file, read(file), { scripts, verbs })),
])
