// SPDX-License-Identifier: Apache-2.0
/** Audit events of Kubernetes as records: what readers choose by, and what is never in them. */
import { describe, expect, it } from 'vitest'
import { kubernetesMessageOf } from './kubernetes-message.ts'

const EVENT = {
  level: 'Request',
  auditID: '547ebb66',
  stage: 'ResponseComplete',
  verb: 'update',
  requestURI: '/api/v1/namespaces/kaas-shop/configmaps/app?fieldManager=kubectl',
  stageTimestamp: '2026-11-21T14:06:21.348400Z',
  user: { username: 'oidc:ada' },
  objectRef: { namespace: 'kaas-shop', resource: 'configmaps', name: 'app' },
}
const read = (event: object, cluster = 'management') => {
  const { key, value, headers = [], timestamp } = kubernetesMessageOf(cluster, { ...EVENT, ...event })
  const named = Object.fromEntries(headers.map(({ name, value: text }) => [name, String(text)]))
  return { key: String(key), data: JSON.parse(String(value)).data, size: value.length, headers: named, timestamp }
}

describe('an audit event of Kubernetes', () => {
  it('is a CloudEvent with the object as key, so that what happens to one object stays in order [R69]', () => {
    const { key, headers, data, timestamp } = read({})
    expect(key).toBe('management/kaas-shop/configmaps/app')
    expect(headers).toMatchObject({
      ce_id: '547ebb66/ResponseComplete',
      ce_source: '/kubernetes/management',
      ce_type: 'dev.kaas.audit.kubernetes.update',
      ce_subject: key,
    })
    expect(data).toEqual(EVENT)
    expect(timestamp).toBe(Date.parse('2026-11-21T14:06:21.348Z'))
    expect(read({ objectRef: undefined, requestURI: '/logs?x=secret' }, 'shop').key).toBe('shop//logs')
  })

  it.each([
    ['a Secret', { resource: 'secrets', name: 'app' }],
    ['a token of an account', { resource: 'serviceaccounts', subresource: 'token', name: 'app' }],
  ])('never has the body of %s, whatever the policy of its API server says [R69]', (_, objectRef) => {
    const { data } = read({ objectRef, requestObject: { data: 'c2VjcmV0' }, responseObject: { data: 'c2VjcmV0' } })
    expect(JSON.stringify(data)).not.toContain('c2VjcmV0')
    expect(data.user).toEqual(EVENT.user)
  })

  it('that is larger than Kafka takes goes without bodies and says so', () => {
    const { data, size } = read({ requestObject: { text: 'x'.repeat(900_000) } })
    expect(size).toBeLessThan(1000)
    expect(data).toMatchObject({ auditID: '547ebb66', shortened: expect.any(String) })
  })

  it('of a clock that cannot be read is taken all the same', () => {
    expect(read({ stageTimestamp: 'yesterday' }).timestamp).toBe(0)
  })
})
