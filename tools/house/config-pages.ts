// SPDX-License-Identifier: Apache-2.0
/** Prints and compares the reference pages of all apps that have a `src/config.ts`. The definition in that file is the master. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Definition, renderConfigReference } from '@kaas/configuration'
import type { Problem } from './problem.ts'

/** A page as it must be; `file` is relative to the root. */
export interface ConfigPage {
  readonly file: string
  readonly text: string
}

/** The pages of all apps below `root`, in the order of their names. Throws when a `config.ts` exports no definition. */
export async function configPages(root: string): Promise<readonly ConfigPage[]> {
  const apps = readdirSync(join(root, 'apps')).filter((app) => existsSync(join(root, 'apps', app, 'src/config.ts')))
  return Promise.all(
    apps.sort().map(async (app) => {
      const definition = await loadDefinition(join(root, 'apps', app, 'src/config.ts'))
      const title = `Configuration of the app \`${app}\``
      return { file: `docs/reference/config-${app}.md`, text: renderConfigReference(definition, title) }
    }),
  )
}

async function loadDefinition(path: string): Promise<Definition> {
  const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>
  const definition = Object.values(module).find(isDefinition)
  if (definition === undefined) throw new Error(`${path} exports no definition. Export the value of defineConfig(…).`)
  return definition
}

function isDefinition(value: unknown): value is Definition {
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.values(value)
  return entries.length > 0 && entries.every((entry) => typeof entry === 'object' && 'schema' in entry && 'example' in entry)
}

/** Pages that differ from what the code says, are missing, or belong to no app. */
export async function configPageProblems(root: string): Promise<readonly Problem[]> {
  const pages = await configPages(root)
  const stale = pages.flatMap(({ file, text }) => {
    const path = join(root, file)
    const actual = existsSync(path) ? readFileSync(path, 'utf8') : ''
    return actual === text ? [] : [{ file, line: firstDifference(actual, text), message: 'is not what the code says.' }]
  })
  const orphans = readdirSync(join(root, 'docs/reference'))
    .filter((name) => /^config-.*\.md$/.test(name) && !pages.some(({ file }) => file.endsWith(`/${name}`)))
    .map((name) => ({ file: `docs/reference/${name}`, line: 1, message: 'belongs to no app.' }))
  return [...stale, ...orphans].map((problem) => ({ ...problem, message: `${problem.message} ${REMEDY}` }))
}

const REMEDY = 'Run node tools/render-reference.ts.'

function firstDifference(actual: string, expected: string): number {
  const lines = expected.split('\n')
  const index = actual.split('\n').findIndex((line, position) => line !== lines[position])
  return index === -1 ? 1 : index + 1
}
