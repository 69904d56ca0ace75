// SPDX-License-Identifier: Apache-2.0
/** What a person reads before she agrees to a change of a tenant with an own Kafka. The plans are the planner's. */
import { parseDocument, type Tenant } from '@kaas/domain'
import { changeOfPlan, dedicatedPlanFor, parsePlatformProfile } from '@kaas/planner'
import { describe, expect, it } from 'vitest'
import { renderChange, renderPlanChange } from './plan-change.ts'
import { styleFor } from './style.ts'

const PLATFORM = parsePlatformProfile({
  domain: 'kafka.example.org',
  storageClass: 'gp3',
  kafkaVersion: '4.3.1',
  metadataVersion: '4.3-IV0',
  zones: ['a', 'b', 'c'],
  issuer: { name: 'letsencrypt' },
  external: { type: 'loadbalancer' },
})
const view = { style: styleFor(false), width: undefined }

function planOf(workload: object) {
  const document = {
    apiVersion: 'kaas.dev/v1',
    kind: 'Tenant',
    metadata: { name: 'shop' },
    spec: { isolation: 'namespace', workload },
  }
  return dedicatedPlanFor(parseDocument(document) as Tenant, PLATFORM)
}
const small = planOf({ produce: '20MB/s', retention: '1d' })
const large = planOf({ produce: '200MB/s', retention: '2d' })

describe('a change of a tenant with an own Kafka', () => {
  it('shows what differs, what happens and for how long, what restarts, and the cost now and then', () => {
    const text = renderChange(changeOfPlan(small, large), 'tenant/shop', view)
    expect(text).toMatch(/^tenant\/shop would change\n {2}WHAT +NOW +THEN\n {2}produce +20MB\/s +200MB\/s\n/)
    expect(text).toMatch(/What happens, about \d\S* in all\n {3}1\. .*\(about \d\S*\)\n/)
    expect(text).toMatch(/restarts?.* while the cluster serves\.|No broker restarts\./)
    expect(text).toMatch(/Costs about \$[\d,]+ a month now, \$[\d,]+ then \(\+\$[\d,]+\)\./)
  })

  it('says of a new tenant what it gets, its limits and what it costs', () => {
    const text = renderPlanChange({ plan: small, change: changeOfPlan(undefined, small) }, 'tenant/shop', view)
    expect(text).toMatch(/^As an own cluster .*: \d+ brokers/)
    expect(text).toMatch(/Limits: \d+ partitions/)
    expect(text).toMatch(/tenant\/shop would be created\n {2}Costs about \$[\d,]+ a month\.\n$/)
  })

  it('says why disks cannot shrink, and what to do', () => {
    const text = renderChange(changeOfPlan(large, small), 'tenant/shop', view)
    expect(text).toMatch(/tenant\/shop cannot change like this\n[\s\S]*Refused: .*volumes only grow\. Keep the larger disks/)
  })

  it('that is none says so in a line', () => {
    expect(renderChange(changeOfPlan(small, small), 'tenant/shop', view)).toMatch(/^tenant\/shop stays as it runs\n/)
  })

  it('fits into 50 columns, with no sentence cut', () => {
    const text = renderChange(changeOfPlan(small, large), 'tenant/shop', { ...view, width: 50 })
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(50)
    expect(text.replace(/\s+/g, ' ')).toMatch(/Costs about .* then \(/)
  })
})
