// SPDX-License-Identifier: Apache-2.0
/** The form of a share. */
import { API_VERSION, parseLabel, parseShareName, parseTopicName, type ShareAccess } from '@kaas/domain'
import { asKaasError } from '@kaas/errors'

/** The form. An empty name of the share, or of the topic there, is made of the others. */
export interface ShareForm {
  readonly name: string
  readonly topic: string
  readonly with: string
  readonly as: string
  readonly access: ShareAccess
}

/** As it begins. */
export const EMPTY_SHARE_FORM: ShareForm = { name: '', topic: '', with: '', as: '', access: 'read' }

/** The name of the share: as written, else of topic and tenant, as far as they make one. */
export function shareNameOf({ name, topic, with: receiver }: ShareForm): string {
  if (name !== '' || topic === '' || receiver === '') return name
  const made = `${topic}-for-${receiver}`.toLowerCase().replaceAll(/[^a-z0-9-]+/g, '-')
  return made
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 64)
    .replace(/-+$/, '')
}

/** The name there: as written, else one that tells where the topic is from. */
export function nameThereOf({ as, topic }: ShareForm, tenant: string): string {
  return as === '' && topic !== '' ? `${tenant}.${topic}` : as
}

/** What is wrong, by field. What is not filled in yet is not wrong. */
export function shareProblems(form: ShareForm, tenant: string): Readonly<Partial<Record<keyof ShareForm, string>>> {
  const problems: Partial<Record<keyof ShareForm, string>> = {}
  const put = (field: keyof ShareForm, parse: () => unknown) => {
    if (form[field] === '') return
    try {
      parse()
    } catch (error) {
      problems[field] = asKaasError(error).message
    }
  }
  put('name', () => parseShareName(form.name))
  put('topic', () => parseTopicName(form.topic, tenant))
  put('with', () => parseLabel(form.with, 'a tenant'))
  put('as', () => parseTopicName(form.as, form.with))
  if (form.with === tenant && form.as === form.topic && form.as !== '') problems.as = 'A second name must be another one.'
  return problems
}

/** The document of a form without problems. */
export function shareDocument(form: ShareForm, tenant: string): unknown {
  return {
    apiVersion: API_VERSION,
    kind: 'TopicShare',
    metadata: { name: shareNameOf(form), tenant },
    spec: { topic: form.topic, with: form.with, as: nameThereOf(form, tenant), access: form.access },
  }
}
