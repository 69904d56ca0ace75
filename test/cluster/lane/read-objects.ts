// SPDX-License-Identifier: Apache-2.0
/** Objects out of YAML files as they are committed to a repository of tenants. */
import { parseAllDocuments } from 'yaml'
import type { KubeObject } from './kube-api.ts'

/** Files that are read by programs and never sent to an API server: lists for kustomize, and the documents of users. */
const NOT_OBJECTS = /^(kustomize\.config\.k8s\.io|kaas\.dev)\//

/** The objects of a text in their order. Documents for other programs are left out. */
export function readObjects(text: string): readonly KubeObject[] {
  return parseAllDocuments(text)
    .map((document) => document.toJS() as KubeObject | null)
    .filter((object): object is KubeObject => typeof object?.apiVersion === 'string' && !NOT_OBJECTS.test(object.apiVersion))
}
