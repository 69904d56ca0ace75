// SPDX-License-Identifier: Apache-2.0
/** `kaas audit` by the real binary against a control plane. */
import { temporaryDirectory } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type HomeControlPlane, startHomeControlPlane } from '../../test/home-control-plane.ts'
import { kaasIn } from '../../test/kaas-binary.ts'

let controlPlane: HomeControlPlane
let kaas: ReturnType<typeof kaasIn>

beforeAll(async () => {
  controlPlane = await startHomeControlPlane()
  kaas = kaasIn(controlPlane.home, temporaryDirectory('audit'))
  for (const team of ['pay', 'shop']) {
    const document = { apiVersion: 'kaas.dev/v1', kind: 'Team', metadata: { name: team }, spec: {} }
    const kind = { kind: 'Team', singular: 'team', plural: 'teams', scope: 'platform' } as const
    await controlPlane.client.put({ kind, name: team }, document)
  }
})
afterAll(() => controlPlane?.stop())

describe('kaas audit', () => {
  it('prints who did what, the newest last, and finds by place, actor and time', async () => {
    const { out, exit } = await kaas(['audit', '--subject', 'teams'])
    expect(exit).toBe(0)
    const lines = out.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^TIME +WHO +WHAT +ON +OUTCOME +DECIDED BY/)
    expect(lines.at(-2)).toMatch(/administrator +put +teams\/pay +allowed +bootstrap-administrator/)
    expect(lines.at(-1)).toContain('teams/shop')
    expect((await kaas(['audit', '--actor', 'nobody'])).out).toBe('')
    expect(
      (await kaas(['audit', '--since', '1h', '--text', 'TEAMS/PAY', '-o', 'json'])).out.trimEnd().split('\n'),
    ).toHaveLength(1)
  })

  it('gives CloudEvents to programs', async () => {
    const { out } = await kaas(['audit', '--limit', '1', '-o', 'json'])
    expect(JSON.parse(out)).toMatchObject({ specversion: '1.0', data: { outcome: 'allowed' } })
  })

  it('says that the log is as it was written', async () => {
    const { out, exit } = await kaas(['audit', 'verify'])
    expect({ exit, first: out.split('\n')[0] }).toEqual({ exit: 0, first: 'The log is as it was written.' })
  })

  it('refuses an outcome that there is not', async () => {
    expect(await kaas(['audit', '--outcome', 'maybe'])).toMatchObject({ exit: 2 })
  })
})
