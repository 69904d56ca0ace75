// SPDX-License-Identifier: Apache-2.0
/** The OpenAPI 3.1 document of the API, from the same routes and schemas that the server checks with. Pure. */
import { z } from 'zod'
import { describeKind, KINDS_MEMBER, KNOWN_KINDS } from './kind-description.ts'
import { problemSchema } from './problem.ts'
import type { Route } from './route.ts'
import { allRoutes } from './routes.ts'

type JsonObject = Record<string, unknown>

/** The document as plain data. `x-kaas-kinds` lists the kinds; operations of a kind carry it as `x-kaas-kind`. */
export function renderOpenApi(): JsonObject {
  const components: JsonObject = {}
  const paths: Record<string, JsonObject> = {}
  for (const route of allRoutes()) {
    const path = paths[route.path] ?? {}
    path[route.method.toLowerCase()] = operationOf(route, components)
    paths[route.path] = path
  }
  return {
    openapi: '3.1.0',
    info: { title: 'KaaS', version: 'v1', summary: 'Kafka as a Service: order a Kafka endpoint by workload.' },
    [KINDS_MEMBER]: KNOWN_KINDS,
    security: [{ bearer: [] }],
    paths,
    components: { schemas: components, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  }
}

function operationOf(route: Route, components: JsonObject): JsonObject {
  const { id, summary, kind, body, answers, access } = route
  const successes = Object.entries(answers).map(([status, schema]) => {
    const type = route.stream === true ? 'text/event-stream' : 'application/json'
    return [status, { description: 'Success', content: { [type]: { schema: jsonSchema(schema, 'output', components) } } }]
  })
  const problem = jsonSchema(problemSchema, 'output', components)
  const content = { 'application/problem+json': { schema: problem } }
  return {
    operationId: id,
    summary,
    ...(kind === undefined ? {} : { 'x-kaas-kind': describeKind(kind), tags: [kind] }),
    ...(access === 'anyone' ? { security: [] } : {}),
    parameters: [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')],
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(body, 'input', components) } },
          },
        }),
    responses: { ...Object.fromEntries(successes), default: { description: 'A problem (RFC 9457)', content } },
  }
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): readonly JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const { description, ...rest } = jsonSchema(part as z.ZodType, 'input', {})
    const required = where === 'path'
    return { name, in: where, required, schema: rest, ...(description === undefined ? {} : { description }) }
  })
}

/** A schema as JSON Schema 2020-12; those with an id move to the components. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: JsonObject): JsonObject {
  const { $schema: _, $defs = {}, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as JsonObject
  const pointed = pointToComponents({ ...rest, $defs }) as JsonObject & { $defs: JsonObject }
  const { $defs: moved, ...top } = pointed
  Object.assign(components, moved)
  const { id, ...named } = top
  if (typeof id !== 'string') return top
  components[id] = named
  return { $ref: `#/components/schemas/${id}` }
}

function pointToComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointToComponents)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) =>
      key === '$ref' && typeof part === 'string'
        ? [key, part.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointToComponents(part)],
    ),
  )
}
