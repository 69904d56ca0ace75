// SPDX-License-Identifier: Apache-2.0
/** `node tools/check-size.ts [root]`: lengths of files and functions. */
import { reportProblems } from './house/problem.ts'
import { sizeProblems } from './house/size-problems.ts'
import { loadSources } from './house/source-file.ts'

reportProblems('sizes', sizeProblems(loadSources(process.argv[2] ?? `${import.meta.dirname}/..`)))
