// SPDX-License-Identifier: Apache-2.0
/** Prints the page that says where names stand in Kafka's messages, from the marks in the descriptions. */
import { APIS } from './apis.ts'
import type { Direction } from './codecs.ts'
import type { Mark } from './marks.ts'
import type { FieldSpec, Fields, Shape } from './schema.ts'

/** `docs/reference/kafka-names.md`, complete. */
export function renderNamesReference(): string {
  const rows = APIS.flatMap((api) =>
    (['request', 'response'] as const).flatMap((direction) => {
      const versions = { since: api.versions[0], until: api.versions[1] }
      return namesIn(api[direction], '', versions).map((name) => row(api.name, direction, name))
    }),
  )
  return `${INTRODUCTION}\n${HEADER}\n${rows.join('\n')}\n`
}

const INTRODUCTION = `# Where names stand in Kafka's messages

Every field of the Kafka protocol (4.3.1) that can carry the name of a tenant's thing, from the marks in
\`packages/kafka-protocol/src/messages/\`. A test goes through every other text field and demands a written reason why it cannot:
\`packages/kafka-protocol/test/harmless-names.ts\`.

- **topic, group, transactionalId, user**: the name itself. **principal**: a user with its type, such as \`User:app\`.
- **topicRegex, transactionalIdRegex**: an expression that the broker evaluates over names.
- **errorText**: free text in which the broker quotes names.
- **by \`field\`**: what it names depends on that field of the same object; on other values it names nothing of a tenant.
- **decided elsewhere**: what it names depends on something outside the object. The visitor of names leaves it alone; the gateway
  handles each of these in a step of its own.
- **topicId**: stands for a topic without naming it (KIP-516).
`

const HEADER = '| API | message | field | versions | names |\n| --- | --- | --- | --- | --- |'

interface Versions {
  readonly since: number
  readonly until: number
}

interface FoundName extends Versions {
  readonly path: string
  readonly what: string
}

function namesIn(fields: Fields, path: string, versions: Versions): FoundName[] {
  return Object.entries(fields).flatMap(([name, { spec }]) => namesOf(spec.shape, `${path}${name}`, within(versions, spec)))
}

function namesOf(shape: Shape, path: string, versions: Versions): FoundName[] {
  switch (shape.kind) {
    case 'array':
      return namesOf(shape.element, `${path}[]`, versions)
    case 'struct':
      return namesIn(shape.fields, `${path}.`, versions)
    case 'primitive': {
      const what = shape.mark && whatIs(shape.mark)
      return what === undefined ? [] : [{ path, what, ...versions }]
    }
  }
}

function within({ since, until }: Versions, spec: FieldSpec): Versions {
  return { since: Math.max(since, spec.since), until: Math.min(until, spec.until) }
}

/** Undefined for what a mark says of brokers and producers: those belong to no tenant. */
function whatIs(mark: Mark): string | undefined {
  switch (mark.kind) {
    case 'name':
      return mark.name
    case 'dependsOn': {
      const kinds = Object.entries(mark.kinds).map(([value, kind]) => `${value} ${kind}`)
      return `by \`${mark.neighbour}\`: ${kinds.join(', ')}`
    }
    case 'decidedBy':
      return `decided elsewhere: ${mark.what}`
    case 'topicId':
      return 'topicId'
    case 'host':
    case 'brokerId':
    case 'producerId':
      return undefined
  }
}

function row(api: string, direction: Direction, { path, what, since, until }: FoundName): string {
  const versions = since === until ? `${since}` : `${since}–${until}`
  return `| ${api} | ${direction} | \`${path}\` | ${versions} | ${what} |`
}
