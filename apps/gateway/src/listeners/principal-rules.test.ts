// SPDX-License-Identifier: Apache-2.0
import { expect, test } from 'vitest'
import { PrincipalRules } from './principal-rules.ts'
import { renderSubject } from './render-subject.ts'

test.each([
  ['RULE:^CN=([^,]+).*$/$1/', 'CN=orders.app,O=Example', 'orders.app'],
  ['RULE:^CN=(.*?),OU=(.*?),O=(.*?)$/$2.$1/L', 'CN=App,OU=Orders,O=Example', 'orders.app'],
  ['RULE:^O=x$/y/, RULE:^.*CN=([^,]+).*$/$1/U', 'O=z,CN=a.b', 'A.B'],
  ['RULE:^CN=x$/y/,DEFAULT', 'CN=z', 'CN=z'],
  ['RULE:^CN=([a-z.]+)$/$1/', 'CN=orders.app,O=Evil', undefined],
])('%s makes of %s the user %s', (rules, subject, user) => {
  expect(new PrincipalRules(rules).userFor(subject)).toBe(user)
})

test.each(['', 'RULE:', 'RULE:^CN=(.*$/$1/', 'RULE:a/b/X', 'DEFAULT DEFAULT', 'CN=(.*)'])(
  '"%s" is refused at the start',
  (rules) => {
    expect(() => new PrincipalRules(rules)).toThrow(/cannot be read/)
  },
)

test('the subject is written as Kafka writes it: the last part first, and no value can pretend to be another part', () => {
  expect(renderSubject('C=DE\nO=Example\\, Inc.\nCN=orders.app')).toBe('CN=orders.app,O=Example\\, Inc.,C=DE')
  expect(renderSubject('C=DE\nO=a\\+CN=evil\nCN=x + OU=y')).toBe('CN=x+OU=y,O=a\\+CN=evil,C=DE')
  expect(renderSubject('CN=x\\0AO=y')).toBe('CN=x\\0AO=y')
})
