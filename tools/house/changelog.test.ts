// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { renderChangelog } from './changelog.ts'

const CHANGELOG = '# Changelog\n\nWhat changed for users.\n\n## Unreleased\n\nold\n\n## 1.0.0\n\nFirst.\n'

test('fragments stand under their kind, and what is released stays as it is', () => {
  const fragments = [
    { name: 'b.md', text: 'fixed: A password with a colon works.\n' },
    { name: 'a.md', text: 'added: Tenants.\nThey have topics.' },
  ]
  expect(renderChangelog(CHANGELOG, fragments)).toBe(
    [
      '# Changelog\n\nWhat changed for users.\n\n## Unreleased',
      '### Added\n\n- Tenants.\n  They have topics.',
      '### Fixed\n\n- A password with a colon works.',
      '## 1.0.0\n\nFirst.\n',
    ].join('\n\n'),
  )
})

test('printing twice changes nothing', () => {
  const once = renderChangelog(CHANGELOG, [{ name: 'a.md', text: 'added: One.' }])
  expect(renderChangelog(once, [{ name: 'a.md', text: 'added: One.' }])).toBe(once)
})

test('a fragment without a kind is named', () => {
  expect(() => renderChangelog(CHANGELOG, [{ name: 'x.md', text: 'Something.' }])).toThrow('changes/x.md must begin with')
})
