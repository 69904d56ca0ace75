// SPDX-License-Identifier: Apache-2.0
/**
 * The README of a chart: its first part is written by hand, the table of values below is printed from `values.yaml` and the
 * descriptions in `values.schema.json`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const HEADING = '## Values'
const INTRODUCTION =
  'Printed by `node tools/render-reference.ts` from `values.yaml` and `values.schema.json`; change them, not this table.'

/** A page as it must be; `file` is relative to the root. */
interface Readme {
  readonly file: string
  readonly text: string
}

/** A part of a schema, as far as the table needs it. */
interface Schema {
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
}

/** One page for each folder below `charts` that has a `values.schema.json`. */
export function chartReadmes(root: string): readonly Readme[] {
  const folder = join(root, 'charts')
  const charts = existsSync(folder) ? readdirSync(folder).sort() : []
  return charts.filter((chart) => existsSync(join(folder, chart, 'values.schema.json'))).map((chart) => pageOf(root, chart))
}

function pageOf(root: string, chart: string): Readme {
  const file = `charts/${chart}/README.md`
  const read = (name: string) => readFileSync(join(root, 'charts', chart, name), 'utf8')
  const written = existsSync(join(root, file)) ? read('README.md').split(`\n${HEADING}\n`)[0] : `# ${chart}`
  const rows = rowsOf(JSON.parse(read('values.schema.json')) as Schema, parse(read('values.yaml')) as unknown, '')
  const table = ['| value | default | what it means |', '|---|---|---|', ...rows]
  return { file, text: [written?.trimEnd(), HEADING, INTRODUCTION, table.join('\n')].join('\n\n').concat('\n') }
}

/** Depth first in the order of the schema. Parts of lists have no default. */
function rowsOf(schema: Schema, values: unknown, path: string): readonly string[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => path !== '' || name !== 'global')
    .flatMap(([name, part]) => {
      const value = typeof values === 'object' && values !== null ? (values as Record<string, unknown>)[name] : undefined
      const inner = rowsOf(part, value, `${path}${name}.`)
      const items = part.items?.properties === undefined ? [] : rowsOf(part.items, undefined, `${path}${name}[].`)
      const isLeaf = part.properties === undefined && (part.description !== undefined || !path.endsWith('[].'))
      const own = isLeaf ? [rowOf(`${path}${name}`, part, value)] : []
      return [...own, ...inner, ...items]
    })
}

function rowOf(path: string, { description = '', enum: words }: Schema, value: unknown): string {
  const shown = value === undefined || value === '' ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``
  const choice = words === undefined ? '' : ` One of ${words.map((word) => `\`${String(word)}\``).join(', ')}.`
  return `| \`${path}\` | ${shown} | ${`${description}${choice}`.replaceAll('|', '\\|')} |`
}
