// SPDX-License-Identifier: Apache-2.0
/** Prints and compares the reference pages that are made from code: the code is the master, the page is for readers. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Definition, renderConfigReference } from '@kaas/configuration'
import { chartReadmes } from './chart-readme.ts'
import type { Problem } from './problem.ts'

/** A page as it must be; `file` is relative to the root. */
export interface PrintedPage {
  readonly file: string
  readonly text: string
}

/** Pages that a function prints. */
const PRINTERS = [
  {
    file: 'docs/reference/kafka-apis.md',
    module: 'apps/gateway/src/steps/api-reference.ts',
    function: 'renderApiReference',
  },
  {
    file: 'docs/reference/metrics-gateway.md',
    module: 'apps/gateway/src/metrics-reference.ts',
    function: 'renderMetricsReference',
  },
  {
    file: 'docs/reference/kafka-names.md',
    module: 'packages/kafka-protocol/src/names-reference.ts',
    function: 'renderNamesReference',
  },
  {
    file: 'docs/reference/roles.md',
    module: 'packages/domain/src/rights/roles-reference.ts',
    function: 'renderRolesReference',
  },
] as const

/** All pages below `root`: the configuration of each app that has a `config.ts`, the charts' READMEs, and what printers print. */
export async function printedPages(root: string): Promise<readonly PrintedPage[]> {
  const printers = PRINTERS.filter(({ module }) => existsSync(join(root, module)))
  const pages = printers.map(async (printer) => {
    const module = await importFrom(join(root, printer.module))
    const render = module[printer.function] as () => string
    return { file: printer.file, text: render() }
  })
  return [...(await configPages(root)), ...chartReadmes(root), ...(await Promise.all(pages))]
}

/** Throws when a `config.ts` exports no definition. */
async function configPages(root: string): Promise<readonly PrintedPage[]> {
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
  const module = await importFrom(path)
  const definition = Object.values(module).find(isDefinition)
  if (definition === undefined) throw new Error(`${path} exports no definition. Export the value of defineConfig(…).`)
  return definition
}

function importFrom(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(path).href)
}

function isDefinition(value: unknown): value is Definition {
  if (typeof value !== 'object' || value === null) return false
  const entries = Object.values(value)
  return entries.length > 0 && entries.every((entry) => typeof entry === 'object' && 'schema' in entry && 'example' in entry)
}

/** Pages that differ from what the code says, are missing, or belong to no app. */
export async function printedPageProblems(root: string): Promise<readonly Problem[]> {
  const pages = await printedPages(root)
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
