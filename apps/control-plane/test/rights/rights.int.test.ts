// SPDX-License-Identifier: Apache-2.0
/** Two teams on one platform: what each may do, what stays hidden from the other, and that nobody gives herself more. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describeKind, type EventAnswer } from '@kaas/http-contract'
import { waitFor } from '@kaas/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GATEWAY, type RightsStage, startRights, WORKLOAD } from './start-rights.ts'

let stage: RightsStage
/** Tokens by what they are. */
const tokens: Record<string, string> = {}
const PAY = { team: 'pay' }

beforeAll(async () => {
  stage = await startRights()
  for (const name of ['pay', 'shop']) await stage.put('Team', { name }, {})
  await stage.put('Tenant', { name: 'orders' }, { team: 'pay', workload: WORKLOAD })
  await stage.put('Tenant', { name: 'refunds' }, { team: 'pay', workload: WORKLOAD })
  await stage.put('Tenant', { name: 'baskets' }, { team: 'shop', workload: WORKLOAD })
  for (const tenant of ['orders', 'refunds', 'baskets']) await stage.put('Topic', { tenant, name: 'events' }, {})
  for (const role of ['team-admin', 'team-member', 'team-viewer']) tokens[role] = await stage.token(role, PAY)
  tokens.shop = await stage.token('team-admin', { team: 'shop' })
  tokens.viewer = await stage.token('platform-viewer', 'platform')
  tokens.oneTenant = await stage.token('team-member', { tenant: 'orders' })
})
afterAll(() => stage.stop())

const document = (kind: string, metadata: object, spec: object) =>
  JSON.stringify({ apiVersion: 'kaas.dev/v1', kind, metadata, spec })
const put = async (who: string, path: string, kind: string, spec: object) => {
  const [, tenant] = /^\/v1\/tenants\/([^/]+)\/./.exec(path) ?? []
  const name = path.split('?')[0]?.split('/').at(-1) ?? ''
  const body = document(kind, { name, ...(tenant === undefined ? {} : { tenant }) }, spec)
  return await answer(await stage.fetch(tokens[who], path, { method: 'PUT', body }))
}
const get = async (who: string, path: string) => await answer(await stage.fetch(tokens[who], path))
const remove = async (who: string, path: string) => await answer(await stage.fetch(tokens[who], path, { method: 'DELETE' }))
/** The body, with the status of the answer in place of a resource's own. */
const answer = async (response: Response): Promise<Record<string, unknown> & { readonly status: number }> => ({
  ...((await response.json()) as Record<string, unknown>),
  status: response.status,
})
const names = async (who: string, path: string) => {
  const { items } = (await get(who, path)) as unknown as { items: { metadata: { name: string; tenant?: string } }[] }
  return items.map(({ metadata }) => [metadata.tenant, metadata.name].filter(Boolean).join('/'))
}

describe('what is not hers', () => {
  it.each([
    ['/v1/tenants/baskets', '/v1/tenants/nothing'],
    ['/v1/tenants/baskets/topics', '/v1/tenants/nothing/topics'],
    ['/v1/tenants/baskets/topics/events', '/v1/tenants/nothing/topics/events'],
    ['/v1/tenants/baskets/users/app/connection', '/v1/tenants/nothing/users/app/connection'],
    ['/v1/teams/shop', '/v1/teams/nothing'],
  ])('does not exist: %s answers as %s, word for word', async (hidden, absent) => {
    const seen = async (path: string) => {
      const response = await stage.fetch(tokens['team-admin'], path)
      const headers = Object.fromEntries([...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)))
      return { status: response.status, headers, body: await response.text() }
    }
    const [one, other] = [await seen(hidden), await seen(absent)]
    const renamed = other.body.replaceAll('nothing', hidden.split('/')[3] ?? '')
    expect(one.status).toBe(404)
    expect(one.body).toBe(renamed)
    delete one.headers['content-length']
    delete other.headers['content-length']
    expect(one.headers).toEqual(other.headers)
  })

  it('is not in lists, whatever is asked for, and pages are full without it', async () => {
    expect(await names('team-viewer', '/v1/tenants')).toEqual(['orders', 'refunds'])
    expect(await names('team-viewer', '/v1/teams')).toEqual(['pay'])
    expect(await names('team-viewer', '/v1/topics')).toEqual(['orders/events', 'refunds/events'])
    expect(await names('team-viewer', '/v1/topics?filter=tenant%3Dbaskets')).toEqual([])
    expect(await names('team-viewer', '/v1/kafkaclusters')).toEqual([])
    expect(await names('oneTenant', '/v1/tenants')).toEqual(['orders'])
    expect(await names('oneTenant', '/v1/topics?limit=1')).toEqual(['orders/events'])
    expect(await names('viewer', '/v1/tenants')).toEqual(['baskets', 'orders', 'refunds'])
  })

  it('does not exist for writes either', async () => {
    expect(await put('team-admin', '/v1/tenants/baskets/topics/mine', 'Topic', {})).toMatchObject({
      status: 404,
      detail: 'There is no tenant "baskets".',
    })
    expect(await remove('team-admin', '/v1/tenants/baskets')).toMatchObject({ status: 404 })
    expect(await remove('team-admin', '/v1/teams/shop')).toMatchObject({ status: 404 })
  })

  it('is written down when somebody tried, where its owner and not she herself can read it', async () => {
    await get('team-admin', '/v1/tenants/baskets/topics/events')
    const path = '/v1/audit?subject=%2Fv1%2Ftenants%2Fbaskets%2Ftopics%2Fevents&outcome=denied'
    await waitFor(async () => ((await get('shop', path)).items as unknown[]).length > 0, { what: 'the denial' })
    expect((await get('team-admin', path)).items).toEqual([])
  })

  it('cannot be guessed by a plan', async () => {
    const plan = async (name: string) => {
      const body = JSON.stringify({
        document: JSON.parse(document('Tenant', { name }, { team: 'pay', workload: WORKLOAD })),
      })
      return await answer(await stage.fetch(tokens['team-member'], '/v1/plan/change', { method: 'POST', body }))
    }
    expect(await plan('baskets')).toMatchObject({ status: 409, detail: 'The name "baskets" is taken by another tenant.' })
    expect(await plan('fresh')).toMatchObject({ status: 200 })
  })
})

describe('what she may see and not change', () => {
  it('is refused with the rule that decided and with whom to ask', async () => {
    expect(await put('team-viewer', '/v1/tenants/orders/topics/more', 'Topic', {})).toMatchObject({
      status: 403,
      code: 'not-allowed',
      detail:
        'You may not write Topic in the tenant "orders": the only role given, team-viewer, holds in the team "pay", but gives no write on Topic.',
      help: 'Ask a team-admin of the team "pay", or a platform-admin, for the role team-member.',
    })
    expect(await remove('team-member', '/v1/tenants/orders')).toMatchObject({ status: 403 })
    expect(await get('team-viewer', '/v1/tenants/orders/users/app/connection')).toMatchObject({ status: 403 })
    expect(await put('viewer', '/v1/teams/new', 'Team', {})).toMatchObject({ status: 403 })
  })

  it('is written down with the rule', async () => {
    const query = '/v1/audit?outcome=denied&text=team-viewer&limit=5'
    const denied = async () => (await stage.root.audit({ outcome: 'denied', text: 'gives no write on Topic' })).items
    await waitFor(async () => (await denied()).length > 0, { what: 'the denial' })
    expect((await denied())[0]?.data).toMatchObject({ rule: 'not-allowed' })
    expect((await get('team-admin', query)).status).toBe(200)
  })

  it('and what she may change carries the role and binding that allowed it', async () => {
    expect(await put('team-member', '/v1/tenants/orders/topics/made', 'Topic', {})).toMatchObject({ status: 201 })
    const { items } = await stage.root.audit({ subject: '/v1/tenants/orders/topics/made' })
    expect(items[0]?.data).toMatchObject({ outcome: 'allowed', role: 'team-member', actorKind: 'token' })
  })
})

describe('a tenant', () => {
  const order = (team: string) => ({ team, workload: WORKLOAD })

  it('is ordered into her own team, and into no other', async () => {
    expect(await put('team-member', '/v1/tenants/payouts', 'Tenant', order('pay'))).toMatchObject({ status: 201 })
    const [made] = (await stage.root.audit({ subject: '/v1/tenants/payouts' })).items
    expect(made?.data).toMatchObject({ outcome: 'allowed', role: 'team-member' })
    const refused = await put('team-member', '/v1/tenants/stolen', 'Tenant', order('shop'))
    expect(refused).toMatchObject({ status: 404, detail: 'spec.team names a team that does not exist: "shop".' })
    expect(await put('team-member', '/v1/tenants/stolen', 'Tenant', order('nothing'))).toMatchObject({ status: 404 })
  })

  it('of another team cannot be taken over by its name, and no more is told than that the name is taken', async () => {
    const outcomes = [
      await put('team-admin', '/v1/tenants/baskets', 'Tenant', order('pay')),
      await put('team-admin', '/v1/tenants/baskets?dryRun=true', 'Tenant', order('pay')),
    ]
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 409, code: 'resource-exists' })
      expect(JSON.stringify(outcome)).not.toContain('shop')
    }
    expect(await get('shop', '/v1/tenants/baskets')).toMatchObject({ spec: { team: 'shop' } })
  })

  it('goes to another team only by who may delete it here and write it there', async () => {
    await stage.put('Tenant', { name: 'moving' }, order('pay'))
    expect(await put('team-admin', '/v1/tenants/moving', 'Tenant', order('shop'))).toMatchObject({ status: 404 })
    await stage.put(
      'RoleBinding',
      { name: 'both' },
      {
        role: 'team-member',
        subjects: { tokens: [tokenId('team-admin')] },
        scope: { team: 'shop' },
      },
    )
    await stage.put(
      'RoleBinding',
      { name: 'both-member' },
      {
        role: 'team-member',
        subjects: { tokens: [tokenId('team-member')] },
        scope: { team: 'shop' },
      },
    )
    expect(await put('team-member', '/v1/tenants/moving', 'Tenant', order('shop'))).toMatchObject({ status: 403 })
    expect(await put('team-admin', '/v1/tenants/moving', 'Tenant', order('shop'))).toMatchObject({ status: 200 })
    for (const name of ['both', 'both-member']) await stage.root.delete({ kind: describeKind('RoleBinding'), name })
    expect(await get('team-admin', '/v1/tenants/moving')).toMatchObject({ status: 404 })
    expect(await get('shop', '/v1/tenants/moving')).toMatchObject({ status: 200 })
  })

  it('takes its bindings and machine tokens along, so that they open no later one of its name', async () => {
    await stage.put('Tenant', { name: 'brief' }, order('pay'))
    const guest = await stage.token('team-member', { tenant: 'brief' })
    await stage.put(
      'RoleBinding',
      { name: 'guests' },
      {
        role: 'team-viewer',
        subjects: { people: ['eve'] },
        scope: { tenant: 'brief' },
      },
    )
    const gone = await stage.root.delete({ kind: describeKind('Tenant'), name: 'brief' })
    expect(gone.alsoDeleted).toMatchObject({ rolebindings: 1, tokens: 1 })
    expect((await stage.fetch(guest, '/v1/session')).status).toBe(401)
    await waitFor(async () => (await get('viewer', '/v1/tenants/brief')).status === 404, { what: 'brief to be gone' })
    expect(await get('viewer', '/v1/rolebindings/guests')).toMatchObject({ status: 404 })
  })
})

/** The part between the underscores is public. */
function tokenId(who: string): string {
  return tokens[who]?.split('_')[1] ?? ''
}

describe('nobody gives more than she has', () => {
  const binding = (role: string, scope: object | string, people = ['eve']) => ({ role, subjects: { people }, scope })

  it('by a binding: an administrator of a team gives roles of her team, there and nowhere else', async () => {
    const path = '/v1/rolebindings/pay-eve'
    expect(await put('team-admin', path, 'RoleBinding', binding('team-viewer', PAY))).toMatchObject({ status: 201 })
    expect(await put('team-admin', path, 'RoleBinding', binding('team-admin', { tenant: 'orders' }))).toMatchObject({
      status: 200,
    })
    expect(await put('team-admin', path, 'RoleBinding', binding('platform-viewer', PAY))).toMatchObject({
      status: 403,
      detail: 'You cannot give what you do not have: read on KafkaCluster in the team "pay".',
    })
    expect(await put('team-admin', path, 'RoleBinding', binding('team-viewer', 'platform'))).toMatchObject({ status: 403 })
    expect(await put('team-admin', path, 'RoleBinding', binding('team-viewer', { team: 'shop' }))).toMatchObject({
      status: 404,
    })
    expect(await put('team-member', path, 'RoleBinding', binding('team-viewer', PAY))).toMatchObject({ status: 403 })
    expect(await get('shop', path)).toMatchObject({ status: 404 })
    expect(await put('shop', path, 'RoleBinding', binding('team-viewer', { team: 'shop' }))).toMatchObject({ status: 409 })
    expect(await remove('shop', path)).toMatchObject({ status: 404 })
    expect(await remove('team-admin', path)).toMatchObject({ status: 202 })
    const seen = async (who: string) =>
      ((await get(who, `/v1/audit?subject=${encodeURIComponent(path)}`)).items as []).length
    expect(await seen('team-viewer')).toBeGreaterThan(2)
    expect(await seen('shop')).toBe(0)
  })

  it('by a role: only who has all of it everywhere writes it', async () => {
    const rules = [{ verbs: ['read'], kinds: ['Message'] }]
    expect(await put('team-admin', '/v1/roles/readers', 'Role', { rules })).toMatchObject({ status: 403 })
    await stage.put('Role', { name: 'role-writer' }, { rules: [{ verbs: ['read', 'write'], kinds: ['Role'] }] })
    tokens.roleWriter = await stage.token('role-writer', 'platform')
    expect(await put('roleWriter', '/v1/roles/readers', 'Role', { rules })).toMatchObject({ status: 403 })
    const own = [{ verbs: ['read'], kinds: ['Role'] }]
    expect(await put('roleWriter', '/v1/roles/readers', 'Role', { rules: own })).toMatchObject({ status: 201 })
  })

  it('by membership: who may write a team and nothing in it lets nobody in', async () => {
    await stage.put('Role', { name: 'clerk' }, { rules: [{ verbs: ['read', 'write'], kinds: ['Team'] }] })
    tokens.clerk = await stage.token('clerk', PAY)
    expect(await put('clerk', '/v1/teams/pay', 'Team', { members: ['eve'] })).toMatchObject({ status: 403 })
    expect(await put('clerk', '/v1/teams/pay', 'Team', { externalGroups: ['all'] })).toMatchObject({ status: 403 })
    expect(await put('clerk', '/v1/teams/pay', 'Team', {})).toMatchObject({ status: 200, outcome: 'unchanged' })
    expect(await put('team-admin', '/v1/teams/pay', 'Team', { members: ['ada'] })).toMatchObject({ status: 200 })
    expect(await put('team-admin', '/v1/teams/mine', 'Team', {})).toMatchObject({ status: 403 })
  })

  it('of a role that is bound nothing is taken away by deleting it', async () => {
    await stage.put('RoleBinding', { name: 'clerks' }, binding('clerk', PAY))
    await expect(stage.root.delete({ kind: describeKind('Role'), name: 'clerk' })).rejects.toMatchObject({
      code: 'resource-in-use',
    })
  })

  it.each([
    ['Role', 'team-admin', { rules: [{ verbs: ['read'], kinds: ['*'] }] }, 'name-invalid'],
    ['Role', 'odd', { rules: [{ verbs: ['read'], kinds: ['Topics'] }] }, 'document-invalid'],
    ['Role', 'odd', { rules: [{ verbs: ['drop'], kinds: ['Topic'] }] }, 'document-invalid'],
    ['RoleBinding', 'odd', { role: 'nothing', subjects: {}, scope: 'platform' }, 'resource-absent'],
    ['RoleBinding', 'odd', { role: 'team-viewer', subjects: {}, scope: { team: 'nothing' } }, 'resource-absent'],
    ['RoleBinding', 'odd', { role: 'team-viewer', subjects: {}, scope: { tenant: 'nothing' } }, 'resource-absent'],
    ['RoleBinding', 'odd', { role: 'team-viewer', subjects: {}, scope: { team: 'pay', tenant: 'x' } }, 'document-invalid'],
  ])('and a %s "%s" that names what is not there is refused to everybody', async (kind, name, spec, code) => {
    await expect(stage.put(kind, { name }, spec)).rejects.toMatchObject({ code })
  })
})

describe('a right that is taken', () => {
  it('is gone with the next request, and given again with the one after', async () => {
    const key = { kind: describeKind('RoleBinding'), name: 'robot' }
    const robot = await stage.token('team-viewer', { tenant: 'refunds' })
    const [, id = ''] = robot.split('_')
    const give = () =>
      stage.put('RoleBinding', { name: 'robot' }, { role: 'team-viewer', subjects: { tokens: [id] }, scope: 'platform' })
    const status = async () => (await stage.fetch(robot, '/v1/tenants/baskets')).status
    expect(await status()).toBe(404)
    await give()
    expect(await status()).toBe(200)
    await stage.root.delete(key)
    expect(await status()).toBe(404)
  })
})

describe('a second control plane', () => {
  const bind = (people: string[]) => ({
    apiVersion: 'kaas.dev/v1',
    kind: 'RoleBinding',
    metadata: { name: 'operators' },
    spec: { role: 'platform-admin', subjects: { people }, scope: 'platform' },
  })
  const operators = { kind: describeKind('RoleBinding'), name: 'operators' }

  it('decides by what was changed at the first, at once, and keeps a last administrator when the bootstrap one is off', async () => {
    const { root, stop } = await stage.second()
    try {
      await stage.root.put(operators, bind(['ada']))
      const others = { kind: describeKind('RoleBinding'), name: 'others' }
      await expect(root.delete(operators)).rejects.toMatchObject({ code: 'last-administrator' })
      await expect(root.put(operators, bind([]))).rejects.toMatchObject({ code: 'last-administrator' })
      await root.put(others, { ...bind(['eve']), metadata: { name: 'others' } })
      const ends = await Promise.allSettled([root.delete(operators), root.delete(others)])
      expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(1)
    } finally {
      await stop()
    }
    for (const name of ['operators', 'others']) await stage.root.delete({ ...operators, name }).catch(() => {})
  })
})

describe('events', () => {
  async function* heard(response: Response): AsyncGenerator<EventAnswer> {
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const data = message.split('\n').find((line) => line.startsWith('data: '))
        if (data !== undefined) yield JSON.parse(data.slice(6)) as EventAnswer
      }
    }
  }
  /** Hears of all that happens from now on: where the stream begins is known before its answer begins. */
  const listen = async (token: string | undefined) => {
    const gone = new AbortController()
    const events: string[] = []
    const response = await stage.fetch(token, '/v1/events', { signal: gone.signal })
    const ended = (async () => {
      for await (const { type, tenant, name } of heard(response))
        if (type !== 'status') events.push(`${type} ${tenant === undefined ? '' : `${tenant}/`}${name}`)
    })().catch(() => {})
    return { events, ended, stop: () => gone.abort() }
  }

  it('tell of what she may read and of nothing else, also after her rights changed', async () => {
    const robot = await stage.token('team-viewer', PAY)
    const [, id = ''] = robot.split('_')
    const stream = await listen(robot)
    await stage.put('Topic', { tenant: 'baskets', name: 'first' }, {})
    await stage.put('Topic', { tenant: 'orders', name: 'first' }, {})
    await stage.put(
      'RoleBinding',
      { name: 'widened' },
      {
        role: 'team-viewer',
        subjects: { tokens: [id] },
        scope: { team: 'shop' },
      },
    )
    await stage.put('Topic', { tenant: 'baskets', name: 'second' }, {})
    await stage.root.delete({ kind: describeKind('RoleBinding'), name: 'widened' })
    await stage.put('Topic', { tenant: 'baskets', name: 'third' }, {})
    await stage.put('Topic', { tenant: 'orders', name: 'last' }, {})
    await waitFor(() => stream.events.includes('created orders/last'), { what: 'the last event' })
    stream.stop()
    const created = stream.events.filter((each) => each.startsWith('created'))
    expect(created).toEqual(['created orders/first', 'created widened', 'created baskets/second', 'created orders/last'])
  })

  it('say of a tenant that went to another team that it is gone, and nothing more', async () => {
    await stage.put('Tenant', { name: 'leaving' }, { team: 'pay', workload: WORKLOAD })
    const stream = await listen(tokens['team-viewer'])
    await stage.put('Tenant', { name: 'leaving' }, { team: 'shop', workload: WORKLOAD })
    await waitFor(() => stream.events.includes('removed leaving'), { what: 'the loss' })
    stream.stop()
    expect(stream.events).not.toContain('updated leaving')
  })

  it('end soon after the token of who listens was ended', async () => {
    const robot = await stage.token('team-viewer', PAY)
    const [, id = ''] = robot.split('_')
    const stream = await listen(robot)
    await stage.root.endToken(id)
    const ended = await Promise.race([stream.ended.then(() => true), sleep(75_000, false)])
    stream.stop()
    expect(ended).toBe(true)
  })
})

describe('why', () => {
  const why = async (who: string, question: object) =>
    await answer(await stage.fetch(tokens[who], '/v1/rights/explain', { method: 'POST', body: JSON.stringify(question) }))

  it('names the grant that decides, and everything that was looked at', async () => {
    expect(await why('team-member', { verb: 'delete', kind: 'Tenant', tenant: 'orders' })).toMatchObject({
      status: 200,
      allowed: false,
      considered: [{ fits: false, grant: { role: 'team-member' } }],
    })
    expect(await why('team-member', { verb: 'write', kind: 'Topic', tenant: 'orders' })).toMatchObject({
      allowed: true,
      deciding: { role: 'team-member', scope: PAY },
    })
  })

  it('is told of others to who may know it, without what other teams gave her', async () => {
    await stage.put('Team', { name: 'shop' }, { members: ['ada'] })
    await stage.put('Team', { name: 'pay' }, { members: ['ada'] })
    const question = { person: 'ada', verb: 'write', kind: 'Topic', tenant: 'orders' }
    expect(await why('team-member', question)).toMatchObject({ status: 403 })
    const told = await why('team-admin', question)
    expect(told).toMatchObject({ allowed: true, deciding: { binding: 'team:pay' }, claims: {}, groups: [] })
    expect(JSON.stringify(told)).not.toContain('shop')
    expect(await why('team-admin', { ...question, tenant: 'baskets' })).toMatchObject({ status: 404 })
    expect((await why('viewer', question)).considered).toHaveLength(2)
  })
})

describe('who am I', () => {
  it('says what the caller is granted and which teams she sees', async () => {
    expect(await get('team-viewer', '/v1/session')).toMatchObject({
      grants: [{ role: 'team-viewer', scope: PAY }],
      teams: ['pay'],
    })
    expect((await get('viewer', '/v1/session')).teams).toEqual(['default', 'pay', 'shop'])
  })
})

describe('what gateways saw', () => {
  it('is in the audit log of the team: who logged in, who only claimed to be somebody, how often, and each report once', async () => {
    const report = (token: string, events: readonly object[]) =>
      stage.fetch(token, '/v1/gateway/audit', { method: 'POST', body: JSON.stringify({ node: 'gateway-0', events }) })
    const seen = {
      count: 12,
      first: '2026-01-31T08:00:00.000Z',
      last: '2026-01-31T08:00:59.000Z',
      remoteAddress: '192.0.2.7',
    }
    const user = { tenant: 'orders', user: 'orders.app', mechanism: 'SCRAM-SHA-512', action: 'log-in' }
    const events = [
      { ...seen, ...user, sequence: 1, outcome: 'allowed', rule: 'credentials', message: 'It logged in.' },
      { ...seen, ...user, sequence: 2, outcome: 'denied', rule: 'credentials-wrong', message: 'It was refused.' },
      { ...seen, sequence: 3, action: 'refuse', outcome: 'denied', rule: 'unknown-host', message: 'Nobody has that host.' },
    ]
    for (const _ of ['sent', 'sent again after a lost answer']) {
      expect(await (await report(GATEWAY, events)).json()).toEqual({ through: 3 })
    }
    // Other tests were denied something of this user by the API.
    const ofGateways = ({ data }: { readonly data: { readonly via: string } }) => data.via === 'gateway'
    const items = (await stage.root.audit({ below: '/v1/tenants/orders/users/app' })).items.filter(ofGateways)
    expect(items.map(({ data }) => [data.actor, data.actorKind, data.outcome, data.via, data.tenant, data.team])).toEqual([
      ['anonymous', 'anonymous', 'denied', 'gateway', 'orders', 'pay'],
      ['orders.app', 'user', 'allowed', 'gateway', 'orders', 'pay'],
    ])
    expect(items[0]?.data).toMatchObject({
      after: { gateway: 'gateway-0', count: 12 },
      changes: [],
      remoteAddress: '192.0.2.7',
    })
    expect((await stage.root.audit({ subject: '/v1/gateway' })).items).toHaveLength(1)
    const forTeam = (await get('team-admin', '/v1/audit?below=/v1/tenants/orders/users/app')).items as typeof items
    expect(forTeam.filter(ofGateways)).toHaveLength(2)
    expect((await get('team-admin', '/v1/audit?subject=/v1/gateway')).items).toEqual([])
    expect((await get('shop', '/v1/audit?below=/v1/tenants/orders')).items).toEqual([])
    expect((await report('nobodys', [])).status).toBe(401)
    expect((await report(GATEWAY, [{ ...events[0], password: 'secret' }])).status).toBe(400)
  })
})
