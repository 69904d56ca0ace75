// SPDX-License-Identifier: Apache-2.0
/**
 * What an app can be told from outside, as data: one entry per environment variable. From this one value come the loaded
 * configuration, its type, the error messages and the reference page. Reading a value is in `load-config.ts`.
 */
import type { z } from 'zod'

/** One environment variable. Everything but `default` and `secretFile` is required, so that the reference page has no gaps. */
export interface Variable<S extends z.ZodType = z.ZodType> {
  /** Takes the text of the variable and gives the value. An `.optional()` schema makes a variable that may stay unset. */
  readonly schema: S
  /** A value that would work, as a person would write it. Shown in errors and in the reference, so never a real secret. */
  readonly example: string
  /** One or two sentences: what it changes and when to set it. */
  readonly description: string
  /** What counts when the variable is not set, as text: it goes through the schema like any other value. */
  readonly default?: string
  /** True when the value is the path of a file that holds a secret. The file is read by the app, not here. */
  readonly secretFile?: boolean
}

/** All variables of one app, by their full name (`KAAS_API_PORT`). */
export type Definition = Readonly<Record<string, Variable>>

/** The property that a variable becomes: `KAAS_API_PORT` is `apiPort`. */
export type PropertyOf<Name extends string> = CamelCase<Name extends `KAAS_${infer Rest}` ? Rest : Name>

type CamelCase<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Lowercase<Head>}${Capitalize<CamelCase<Tail>>}`
  : Lowercase<Name>

/** The loaded configuration of a definition: read-only, each property with the type its schema gives. */
export type ConfigOf<D extends Definition> = {
  readonly [Name in keyof D & string as PropertyOf<Name>]: z.output<D[Name]['schema']>
}

/** Returns the definition as it is; exists so that TypeScript keeps the exact type of every schema. */
export function defineConfig<const D extends Definition>(definition: D): D {
  return definition
}

/** The property name of a variable, at run time. */
export function propertyOf(name: string): string {
  const words = name
    .replace(/^KAAS_/, '')
    .toLowerCase()
    .split('_')
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
}
