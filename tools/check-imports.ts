// SPDX-License-Identifier: Apache-2.0
/** `node tools/check-imports.ts [root]`: floors, declared dependencies, doors between packages, circles, purity. */
import { importCycles } from './house/import-cycles.ts'
import { importProblems } from './house/import-problems.ts'
import { reportProblems } from './house/problem.ts'
import { purityProblems } from './house/purity-problems.ts'
import { loadSources } from './house/source-file.ts'
import { loadWorkspaces } from './house/workspaces.ts'

const root = process.argv[2] ?? `${import.meta.dirname}/..`
const sources = loadSources(root)
const workspaces = loadWorkspaces(root)
reportProblems('imports', [
  ...importProblems(sources, workspaces),
  ...importCycles(sources, workspaces),
  ...purityProblems(sources, workspaces),
])
