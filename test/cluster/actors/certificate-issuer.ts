// SPDX-License-Identifier: Apache-2.0
/**
 * Plays cert-manager, whose controllers are not built here: each Certificate gets its Secret from one authority, and its condition.
 * It does not ask an issuer, renews nothing, and takes every name.
 */
import { readFileSync } from 'node:fs'
import { Credentials } from '../lane/credentials.ts'
import type { KubeApi, KubeObject } from '../lane/kube-api.ts'
import { condition, startActor } from './actor.ts'

/** Plays the issuer of one cluster until the result is called. */
export function playCertManager(api: KubeApi, folder: string): () => Promise<void> {
  const authority = Credentials.create(folder)
  return startActor(api, [{ apiVersion: 'cert-manager.io/v1', kind: 'Certificate', play }])

  async function play(certificate: KubeObject, gone: boolean): Promise<void> {
    const { name, namespace, generation } = certificate.metadata
    const { conditions } = (certificate.status ?? {}) as { readonly conditions?: readonly { observedGeneration?: number }[] }
    if (gone || conditions?.[0]?.observedGeneration === generation) return
    const file = `${namespace}-${name}`
    await (await authority).issueClient(file, { user: name })
    const entry = async (path: string) => readFileSync((await authority).path(path)).toString('base64')
    const { secretName } = certificate.spec as { readonly secretName: string }
    const metadata = { name: secretName, namespace, annotations: { 'cert-manager.io/certificate-name': name } }
    const data = {
      'tls.crt': await entry(`${file}.crt`),
      'tls.key': await entry(`${file}.key`),
      'ca.crt': await entry('ca.crt'),
    }
    await api.apply(
      { apiVersion: 'v1', kind: 'Secret', type: 'kubernetes.io/tls', metadata, data },
      { manager: 'cert-manager' },
    )
    const ready = {
      ...condition('Ready', 'True', 'Ready', 'Certificate is up to date and has not expired'),
      observedGeneration: generation,
    }
    await api.patch(certificate, { status: { conditions: [ready] } }, 'status')
  }
}
