// SPDX-License-Identifier: Apache-2.0
/** `node tools/check-text.ts [root]`: names, licence lines, headers, comments of exports, words that must not be there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documentationProblems } from './house/documentation-problems.ts'
import { namingProblems } from './house/naming-problems.ts'
import { reportProblems } from './house/problem.ts'
import { loadSources } from './house/source-file.ts'
import { walkFiles } from './house/walk-files.ts'
import { wordingProblems } from './house/wording-problems.ts'

const TEXT = /(\.(tsx?|js|json|md|ya?ml|xml|sh|toml|properties|py|go|java|mod|sum)|\/run|rc|\.gitignore)$/

const root = process.argv[2] ?? `${import.meta.dirname}/..`
const paths = walkFiles(root)
const texts = paths.filter((path) => TEXT.test(path))
reportProblems('texts', [
  ...namingProblems(paths),
  ...loadSources(root).flatMap(documentationProblems),
  ...texts.flatMap((path) => wordingProblems(path, readFileSync(join(root, path), 'utf8'))),
])
