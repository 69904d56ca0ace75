// SPDX-License-Identifier: Apache-2.0
/**
 * Every format of `kaas connect`, as printed: golden files under `test/expected`, and passwords with every sign that some
 * syntax finds special. `UPDATE_EXPECTED=1` writes the golden files anew.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '@kaas/testkit'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { type Connection, PASSWORD_PLACEHOLDER } from './connection.ts'
import { FORMATS, type FormatName, NEEDS_FILES } from './formats.ts'

const TEST = new URL('../test/', import.meta.url)
const CASES: Readonly<Record<string, Connection>> = JSON.parse(readFileSync(new URL('cases/connection.json', TEST), 'utf8'))
const NAMES = Object.keys(FORMATS) as readonly FormatName[]
const AWKWARD = `a"b'c\\d$e#f g\`h%i;j=k{l}é`

describe('kaas connect prints what can be pasted as it is', () => {
  for (const [name, connection] of Object.entries(CASES)) {
    it.each(NAMES)(`${name}: %s looks as it was agreed`, (format) => {
      const file = new URL(`expected/${name}.${format}.txt`, TEST)
      const text = FORMATS[format](connection)
      if (process.env.UPDATE_EXPECTED === '1') writeFileSync(file, text)
      expect(text).toBe(readFileSync(file, 'utf8'))
    })
  }

  it.each(NAMES)('%s says in one place what to do about a password that is not kept', (format) => {
    const text = FORMATS[format]({ ...kept(), login: { kind: 'scram', mechanism: 'SCRAM-SHA-512', password: undefined } })
    expect(text).toContain(PASSWORD_PLACEHOLDER)
    expect(text).toContain('kaas rotate app --tenant orders')
  })
})

describe('a password with special signs arrives unchanged', () => {
  it('in a shell that takes over env', () => {
    const text = `${FORMATS.env(kept(AWKWARD))}printf %s "$KAFKA_SASL_PASSWORD"`
    expect(execFileSync('sh', ['-c', text], { encoding: 'utf8' })).toBe(AWKWARD)
  })

  it('in Python', () => {
    inFolder((folder) => {
      const [definition = ''] = FORMATS.python(kept(AWKWARD)).split('producer = {')
      const file = join(folder, 'connection.py')
      const print = 'import sys\nsys.stdout.buffer.write(connection["sasl.password"].encode())\n'
      writeFileSync(file, `${definition.replace(/^from .*$/m, '')}${print}`)
      expect(execFileSync(python(), [file], { encoding: 'utf8' })).toBe(AWKWARD)
    })
  })

  it('in JavaScript', () => {
    const literal = /password: ('.*'),/.exec(FORMATS.node(kept(AWKWARD)))?.[1]
    expect(execFileSync(process.execPath, ['-p', `${literal}`], { encoding: 'utf8' })).toBe(`${AWKWARD}\n`)
  })

  it('in YAML, and from there in a login module', () => {
    const secret = parse(FORMATS['k8s-secret'](kept(AWKWARD)))
    expect(secret.stringData.password).toBe(AWKWARD)
    const spring = parse(FORMATS.spring(kept(AWKWARD))).spring.kafka.properties['sasl.jaas.config']
    expect(passwordInJaas(spring)).toBe(AWKWARD)
  })

  it('in Java properties', () => {
    const line = FORMATS.properties(kept(AWKWARD))
      .split('\n')
      .find((each) => each.startsWith('sasl.jaas.config='))
    const value = (line ?? '')
      .replace(/^[^=]*=/, '')
      .replace(/\\(u[0-9a-f]{4}|.)/g, (_, sign: string) =>
        sign.length === 5 ? String.fromCharCode(Number.parseInt(sign.slice(1), 16)) : sign,
      )
    expect(passwordInJaas(value)).toBe(AWKWARD)
  })
})

describe('a private key', () => {
  it('stands only where the format cannot do without it: kcat and librdkafka get the path of a file', () => {
    const { login } = caseOf('certificate')
    const key = login.kind === 'tls' ? login.keyPem.split('\n')[1] : undefined
    const holding = NAMES.filter((format) => FORMATS[format](caseOf('certificate')).includes(key ?? '?'))
    expect(NAMES.filter((format) => !holding.includes(format))).toEqual([...NEEDS_FILES])
  })

  it('comes back from Java properties and from YAML line by line', () => {
    const { login } = caseOf('certificate')
    if (login.kind !== 'tls') throw new Error('The case logs in by certificate.')
    const line = FORMATS.properties(caseOf('certificate'))
      .split('\n')
      .find((each) => each.startsWith('ssl.keystore.key='))
    expect(line?.replace(/^[^=]*=/, '').replace(/\\n/g, '\n')).toBe(login.keyPem.trim())
    const spring = parse(FORMATS.spring(caseOf('certificate'))).spring.kafka.ssl
    expect(spring['key-store-key']).toBe(login.keyPem)
    expect(parse(FORMATS['k8s-secret'](caseOf('certificate'))).stringData['user.key']).toBe(login.keyPem)
    const text = `${FORMATS.env(caseOf('certificate'))}printf %s "$KAFKA_SSL_KEY_PEM"`
    expect(execFileSync('sh', ['-c', text], { encoding: 'utf8' })).toBe(login.keyPem)
  })
})

describe('what is printed is valid in its language', () => {
  it.each(['kept', 'own', 'certificate'])('Python compiles it: %s', (name) => {
    inFolder((folder) => {
      const file = join(folder, 'client.py')
      writeFileSync(file, FORMATS.python(name === 'kept' ? kept(AWKWARD) : caseOf(name)))
      execFileSync(python(), ['-m', 'py_compile', file])
    })
  })

  it.each(['kept', 'own', 'certificate'])('Node understands it: %s', (name) => {
    inFolder((folder) => {
      const file = join(folder, 'client.mjs')
      writeFileSync(file, FORMATS.node(name === 'kept' ? kept(AWKWARD) : caseOf(name)))
      execFileSync(process.execPath, ['--check', file])
    })
  })

  it('the CA stands inside the Kubernetes Secret, and no path of this machine', () => {
    const text = FORMATS['k8s-secret'](kept())
    expect(parse(text).stringData['ca.crt']).toBe(kept().caPem)
    expect(text).not.toContain(kept().caFile)
  })
})

function python(): string {
  return findProgram('python3', { package: 'python3', purpose: 'check what connect prints for Python' })
}

function kept(password = 'secret'): Connection {
  return { ...caseOf('kept'), login: { kind: 'scram', mechanism: 'SCRAM-SHA-512', password } }
}

function caseOf(name: string): Connection {
  const connection = CASES[name]
  if (connection === undefined) throw new Error('The case is in the file.')
  return connection
}

function passwordInJaas(text: string): string | undefined {
  return /password="((?:\\.|[^"\\])*)";$/.exec(text)?.[1]?.replace(/\\(.)/g, '$1')
}

function inFolder(work: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'kaas-connect-'))
  try {
    work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
