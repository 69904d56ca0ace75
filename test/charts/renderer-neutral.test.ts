// SPDX-License-Identifier: Apache-2.0
/** Charts make the same objects through Helm, Flux and Argo CD: nothing in them asks the cluster, the clock or chance. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { CHARTS, CHARTS_FOLDER } from './charts.ts'

const TEMPLATES = CHARTS.flatMap(({ chart }) =>
  readdirSync(`${CHARTS_FOLDER}/${chart}/templates`).map((file) => ({ chart, file: `${chart}/templates/${file}` })),
)

/** Functions whose answer differs between two renders of the same values. */
const CHANGING =
  /\b(lookup|now|date|uuidv4|rand\w+|gen(CA|PrivateKey|SelfSignedCert|SignedCert)\w*|htpasswd|derivePassword|env|expandenv)\b/

it.each(TEMPLATES)('$file depends on values only [R179]', ({ file }) => {
  const actions = readFileSync(`${CHARTS_FOLDER}/${file}`, 'utf8').match(/\{\{.*?\}\}/gs) ?? []
  for (const action of actions) {
    const code = action.replace(/\/\*.*?\*\//gs, '').replace(/"[^"]*"/g, '')
    expect(code).not.toMatch(CHANGING)
    expect(code).not.toContain('.Capabilities')
    expect(code).not.toContain('.Release.Revision')
  }
})
