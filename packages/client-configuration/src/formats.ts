// SPDX-License-Identifier: Apache-2.0
/** The formats of client configuration, by name. A new one is a file beside this and a line here. */
import type { Connection } from './connection.ts'
import { renderDotnet } from './dotnet.ts'
import { renderEnv } from './env.ts'
import { renderGo } from './go.ts'
import { renderK8sSecret } from './k8s-secret.ts'
import { renderKcat, renderLibrdkafka } from './librdkafka.ts'
import { renderNode } from './node.ts'
import { renderProperties } from './properties.ts'
import { renderPython } from './python.ts'
import { renderSpring } from './spring.ts'

/** Each prints a complete file that works as it is. */
export const FORMATS = {
  kcat: renderKcat,
  properties: renderProperties,
  librdkafka: renderLibrdkafka,
  python: renderPython,
  go: renderGo,
  dotnet: renderDotnet,
  node: renderNode,
  spring: renderSpring,
  env: renderEnv,
  'k8s-secret': renderK8sSecret,
} as const satisfies Record<string, (connection: Connection) => string>

/** The name of a format. */
export type FormatName = keyof typeof FORMATS

/** Formats that take certificates and keys as paths of files only. */
export const NEEDS_FILES: readonly FormatName[] = ['kcat', 'librdkafka']
