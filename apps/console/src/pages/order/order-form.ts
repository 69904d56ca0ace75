// SPDX-License-Identifier: Apache-2.0
/** The order as it is typed, and the document it becomes. All values are texts, so that the form is also the address of the page. */
import {
  API_VERSION,
  ENVIRONMENTS,
  ISOLATION_LEVELS,
  type PlanRequest,
  parseDocument,
  type Resource,
  type WorkloadSpec,
  workloadSchema,
} from '@kaas/domain'
import { asKaasError, type FieldProblem } from '@kaas/errors'

/** What is typed. `readers` says how reading is told: by `fanOut` or by `consume`. Empty texts are left to the platform. */
export const EMPTY_ORDER = {
  name: '',
  team: 'default',
  environment: 'development',
  isolation: 'virtual',
  produce: '5MB/s',
  readers: 'fanOut',
  fanOut: '3',
  consume: '',
  retention: '7d',
  partitions: '',
  connections: '',
  requestsPerSecond: '',
  connectionsPerSecond: '',
  users: '',
  labels: '',
}
export type OrderValues = Readonly<typeof EMPTY_ORDER>

/** Texts by the field they belong to, for problems that come with paths of the document. */
const FIELD_OF_PATH: Readonly<Record<string, keyof OrderValues>> = {
  'metadata.name': 'name',
  'metadata.labels': 'labels',
  'spec.team': 'team',
  'spec.environment': 'environment',
  'spec.isolation': 'isolation',
  'spec.workload.produce': 'produce',
  'spec.workload.consume': 'consume',
  'spec.workload.fanOut': 'fanOut',
  'spec.workload.retention': 'retention',
  'spec.workload.partitions': 'partitions',
  'spec.workload.connections': 'connections',
  'spec.workload.requestsPerSecond': 'requestsPerSecond',
  'spec.workload.connectionsPerSecond': 'connectionsPerSecond',
  'spec.workload.users': 'users',
}

/** Sentences by field; `other` are those that no field of the form stands for. */
export interface FormProblems {
  readonly fields: Readonly<Partial<Record<keyof OrderValues, string>>>
  readonly other: readonly string[]
}

/** The workload in the texts; problems of numbers are left to the schema, which says what is wrong with them. */
export function workloadOf(values: OrderValues): WorkloadSpec {
  const consume = values.consume.trim()
  return {
    produce: values.produce.trim(),
    ...(values.readers === 'consume' && consume !== '' && { consume }),
    ...(values.readers === 'fanOut' && given('fanOut', values.fanOut)),
    retention: values.retention.trim(),
    ...given('partitions', values.partitions),
    ...given('connections', values.connections),
    ...(values.isolation === 'virtual' && {
      ...given('requestsPerSecond', values.requestsPerSecond),
      ...given('connectionsPerSecond', values.connectionsPerSecond),
    }),
    ...given('users', values.users),
  }
}

/** What to ask the planner, or undefined while the workload is not complete. Production keeps more in reserve. */
export function planRequestOf(values: OrderValues): PlanRequest | undefined {
  const workload = workloadSchema.safeParse(workloadOf(values))
  if (!workload.success) return undefined
  return { workload: workload.data, profile: values.environment === 'production' ? 'production' : 'economy' }
}

/** The document, or what is wrong with the texts. A name that was not typed yet is no problem, and no document either. */
export function documentOf(values: OrderValues): { readonly document?: Resource; readonly problems: FormProblems } {
  const document = {
    apiVersion: API_VERSION,
    kind: 'Tenant',
    metadata: { name: values.name.trim() || 'name', labels: labelsOf(values.labels) },
    spec: {
      team: values.team,
      environment: oneOf(ENVIRONMENTS, values.environment),
      isolation: oneOf(ISOLATION_LEVELS, values.isolation),
      workload: workloadOf(values),
    },
  }
  try {
    const parsed = parseDocument(document)
    return { ...(values.name.trim() !== '' && { document: parsed }), problems: { fields: {}, other: [] } }
  } catch (error) {
    return { problems: problemsOf(error) }
  }
}

/** What a refusal says, put to the fields it is about. */
export function problemsOf(error: unknown): FormProblems {
  const { code, fields, message, help } = asKaasError(error)
  if (code === 'resource-changed') return { fields: { name: 'There is a tenant of that name already.' }, other: [] }
  const sentence = help === undefined ? message : `${message} ${help}`
  if (fields.length === 0) {
    return code === 'name-invalid' ? { fields: { name: message }, other: [] } : { fields: {}, other: [sentence] }
  }
  const placed = fields.map((problem) => ({ problem, field: fieldOf(problem) }))
  return {
    fields: Object.fromEntries(
      placed.flatMap(({ problem, field }) => (field === undefined ? [] : [[field, problem.message]])),
    ),
    other: placed.flatMap(({ problem, field }) => (field === undefined ? [`${problem.path}: ${problem.message}`] : [])),
  }
}

/** `app=shop, critical` as labels; a word without a value has an empty one. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  const terms = text.split(/[\s,]+/).filter((term) => term !== '')
  return Object.fromEntries(
    terms.map((term) => {
      const [name = '', ...value] = term.split('=')
      return [name, value.join('=')]
    }),
  )
}

function fieldOf({ path }: FieldProblem): keyof OrderValues | undefined {
  return FIELD_OF_PATH[path] ?? (path.startsWith('metadata.labels') ? 'labels' : undefined)
}

function given(name: string, text: string): Readonly<Record<string, number>> {
  return text.trim() === '' ? {} : { [name]: Number(text) }
}

function oneOf<T extends string>(known: readonly T[], value: string): T | string {
  return known.find((each) => each === value) ?? value
}
