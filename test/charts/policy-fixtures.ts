// SPDX-License-Identifier: Apache-2.0
/** Objects that the admission policies take and refuse: `policies/<policy>/pass-*.yaml`, and `fail-*.yaml` with the words of the refusal. */
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Json } from './charts.ts'

const FOLDER = fileURLToPath(new URL('policies', import.meta.url))

export interface PolicyFixture {
  readonly policy: string
  readonly file: string
  readonly object: Json
  /** Absent for an object that passes. */
  readonly expect?: string | undefined
}

export const POLICY_FIXTURES: readonly PolicyFixture[] = readdirSync(FOLDER)
  .sort()
  .flatMap((policy) =>
    readdirSync(`${FOLDER}/${policy}`)
      .sort()
      .map((file) => {
        const text = readFileSync(`${FOLDER}/${policy}/${file}`, 'utf8')
        return { policy, file, object: parse(text), expect: /^# expect: (.*)$/m.exec(text)?.[1] }
      }),
  )
