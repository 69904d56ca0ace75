// SPDX-License-Identifier: Apache-2.0
/** Tells whether a message carries names at all in one version, so that those without any pass as bytes. */
import type { Api, Direction, Fields } from '@kaas/kafka-protocol'

type Shape = Fields[string]['spec']['shape']

/** Whether the version has a field that `rewriteNames` would visit. */
export function carriesNames(api: Api, version: number, direction: Direction): boolean {
  return fieldsCarryNames(api[direction], version)
}

function fieldsCarryNames(fields: Fields, version: number): boolean {
  return Object.values(fields).some(
    ({ spec }) => version >= spec.since && version <= spec.until && shapeCarriesNames(spec.shape, version),
  )
}

function shapeCarriesNames(shape: Shape, version: number): boolean {
  switch (shape.kind) {
    case 'primitive':
      return shape.mark?.kind === 'name' || shape.mark?.kind === 'dependsOn'
    case 'array':
      return shapeCarriesNames(shape.element, version)
    case 'struct':
      return fieldsCarryNames(shape.fields, version)
  }
}
