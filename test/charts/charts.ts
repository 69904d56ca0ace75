// SPDX-License-Identifier: Apache-2.0
/** The charts of the repository as tests see them: values, schemas, examples, and what Helm makes of the examples (golden files). */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, parseAllDocuments } from 'yaml'

export const CHARTS_FOLDER = fileURLToPath(new URL('../../charts', import.meta.url))
export const EXPECTED_FOLDER = fileURLToPath(new URL('expected', import.meta.url))

/** Namespace and release name with which the examples of a chart are rendered. */
export const CHARTS = [
  { chart: 'cluster', release: 'kaas-cluster', namespace: 'kube-system' },
  { chart: 'control-plane', release: 'kaas', namespace: 'kaas-system' },
  { chart: 'gateway', release: 'gateway', namespace: 'kaas-system' },
  { chart: 'platform', release: 'kaas-platform', namespace: 'flux-system' },
] as const

export type ChartName = (typeof CHARTS)[number]['chart']

/** Any JSON, into which tests look deeply. */
export type Json = ReturnType<typeof JSON.parse>

/** Every example of every chart. */
export const EXAMPLES = CHARTS.flatMap((each) =>
  readdirSync(`${CHARTS_FOLDER}/${each.chart}/examples`)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ ...each, example: file.replace(/\.yaml$/, '') })),
)

export type Example = (typeof EXAMPLES)[number]

export function readYaml(path: string): Json {
  return parse(readFileSync(`${CHARTS_FOLDER}/${path}`, 'utf8'))
}

export function readSchema(chart: ChartName): Json {
  return JSON.parse(readFileSync(`${CHARTS_FOLDER}/${chart}/values.schema.json`, 'utf8'))
}

/** Values as Helm hands them to a chart: maps are merged, lists and texts are replaced, null takes a value away. */
export function mergeValues(defaults: Json, given: Json): Json {
  if (!isMap(defaults) || !isMap(given)) return given
  const merged: Json = { ...defaults }
  for (const [key, value] of Object.entries(given)) {
    if (value === null) delete merged[key]
    else merged[key] = mergeValues(defaults[key], value)
  }
  return merged
}

function isMap(value: Json): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function valuesOf({ chart, example }: Pick<Example, 'chart' | 'example'>): Json {
  return mergeValues(readYaml(`${chart}/values.yaml`), readYaml(`${chart}/examples/${example}.yaml`))
}

export function expectedFile({ chart, example }: Pick<Example, 'chart' | 'example'>): string {
  return `${EXPECTED_FOLDER}/${chart}-${example}.yaml`
}

/** The objects of an example's golden file; a test in the cluster lane holds the file to what Helm renders. */
export function objectsOf(example: Pick<Example, 'chart' | 'example'>): readonly Json[] {
  return parseAllDocuments(readFileSync(expectedFile(example), 'utf8'))
    .map((document) => document.toJS())
    .filter((object) => object !== null)
}

export function ofKind(objects: readonly Json[], kind: string): readonly Json[] {
  return objects.filter((object) => object.kind === kind)
}

/** Every pod that an object makes, with a name for messages. */
export function podsOf(objects: readonly Json[]): readonly { readonly of: string; readonly spec: Json }[] {
  return objects
    .filter((object) => object.spec?.template?.spec?.containers !== undefined)
    .map((object) => ({ of: `${object.kind} ${object.metadata.name}`, spec: object.spec.template.spec }))
}
