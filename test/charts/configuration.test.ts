// SPDX-License-Identifier: Apache-2.0
/** What the charts tell the apps, judged by the apps' own configuration: a variable that nobody reads is a value without effect. */
import { type Definition, loadConfig, propertyOf } from '@kaas/configuration'
import { describe, expect, it } from 'vitest'
import { EXAMPLES, type Example, type Json, objectsOf, ofKind, podsOf, readSchema, valuesOf } from './charts.ts'

const APPS = [
  { chart: 'gateway', definition: await definitionOf('gateway', 'GATEWAY_CONFIG') },
  { chart: 'control-plane', definition: await definitionOf('control-plane', 'CONTROL_PLANE_CONFIG') },
] as const

const CASES = APPS.flatMap(({ chart, definition }) =>
  EXAMPLES.filter((each) => each.chart === chart).map((example) => ({ ...example, definition })),
)

function variablesOf(example: Pick<Example, 'chart' | 'example'>): Readonly<Record<string, string>> {
  const [map] = ofKind(objectsOf(example), 'ConfigMap').filter(({ data }) => data.KAAS_LOG_LEVEL !== undefined)
  return map.data
}

const setBy = (chart: Example['chart']) =>
  new Set(EXAMPLES.filter((each) => each.chart === chart).flatMap((example) => Object.keys(variablesOf(example))))

describe('the app can be started with what the chart tells it', () => {
  it.each(CASES)('$chart, example $example', ({ definition, ...example }) => {
    const variables = variablesOf(example)
    const config = loadConfig(definition, variables) as Readonly<Record<string, unknown>>
    for (const name of Object.keys(variables).filter((each) => each.startsWith('KAAS_'))) {
      expect(definition, `${name} is read by nobody`).toHaveProperty(name)
      expect(config[propertyOf(name)]).toBeDefined()
    }
  })

  it.each(CASES)('$chart, example $example: every file that a variable names is mounted', (example) => {
    const variables = variablesOf(example)
    const pods = podsOf(objectsOf(example)).filter(({ of }) => of.startsWith('Deployment'))
    const mounts = pods.flatMap(({ spec }) => spec.containers[0].volumeMounts.map((each: Json) => each.mountPath))
    for (const [name, value] of Object.entries(variables).filter(([, text]) => text.startsWith('/'))) {
      expect(
        mounts.some((mount) => value.startsWith(mount)),
        `${name} is ${value}`,
      ).toBe(true)
    }
  })
})

describe('the file of sign-in', () => {
  const examples = EXAMPLES.filter(({ chart }) => chart === 'control-plane')

  it.each(examples)(
    'is one that the control plane takes, in example $example, and names files that are mounted',
    async (example) => {
      const objects = objectsOf(example)
      const [files] = ofKind(objects, 'ConfigMap').filter(({ data }) => data['sign-in.json'] !== undefined)
      const parse = await signInParser()
      const { providers } = parse(files.data['sign-in.json'], 'sign-in.json')
      expect(providers.map(({ id }) => id)).toEqual(valuesOf(example).signIn.providers.map(({ id }: Json) => id))
      const [pod] = podsOf(objects).filter(({ of }) => of.startsWith('Deployment'))
      const secrets = JSON.stringify(pod?.spec.volumes.find(({ name }: Json) => name === 'secrets'))
      for (const { clientSecretFile, caFile } of providers) {
        if (clientSecretFile !== undefined)
          expect(secrets).toContain(`"${clientSecretFile.replace('/run/kaas/secrets/', '')}"`)
        if (caFile !== undefined) expect(files.data).toHaveProperty([caFile.replace('/etc/kaas/', '')])
      }
    },
  )
})

describe('every variable of the app', () => {
  it.each(APPS)('$chart can be set: by a value of its own, or by its name', ({ chart, definition }) => {
    const own = setBy(chart)
    const { pattern, not } = readSchema(chart).properties.variables.propertyNames
    for (const name of Object.keys(definition)) {
      const byName = new RegExp(pattern).test(name) && !not.enum.includes(name)
      const instead = name === 'KAAS_DATABASE_URL' && own.has('KAAS_DATABASE_URL_FILE')
      expect(own.has(name) || byName || instead, name).toBe(true)
    }
  })

  it.each(APPS)('$chart that is set by a value cannot be set by its name as well', ({ chart }) => {
    const refused: readonly string[] = readSchema(chart).properties.variables.propertyNames.not.enum
    const given = new Set(
      EXAMPLES.filter((each) => each.chart === chart).flatMap((each) => Object.keys(valuesOf(each).variables)),
    )
    for (const name of setBy(chart)) {
      if (name.startsWith('KAAS_') && !given.has(name)) expect(refused, name).toContain(name)
    }
  })
})

describe('no secret', () => {
  it.each(CASES)('is in the environment of $chart, example $example: secrets are files', ({ definition, ...example }) => {
    const variables = variablesOf(example)
    const secrets = Object.entries(definition).filter(([, { secretFile }]) => secretFile === true)
    for (const [name] of secrets) {
      if (variables[name] !== undefined) expect(variables[name]).toMatch(/^\/(run|etc)\/kaas\//)
    }
    for (const object of objectsOf(example)) expect(object.kind).not.toBe('Secret')
  })
})

/** An app is no package that others import; its configuration is read as the reference pages do it. */
async function definitionOf(app: string, name: string): Promise<Definition> {
  const module = (await import(new URL(`../../apps/${app}/src/config.ts`, import.meta.url).href)) as Json
  return module[name]
}

interface Provider {
  readonly id: string
  readonly clientSecretFile?: string
  readonly caFile?: string
}

async function signInParser(): Promise<(text: string, file: string) => { readonly providers: readonly Provider[] }> {
  const file = new URL('../../apps/control-plane/src/sign-in/sign-in-config.ts', import.meta.url).href
  const module = (await import(file)) as Json
  return module.parseSignIn
}
