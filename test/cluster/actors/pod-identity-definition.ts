// SPDX-License-Identifier: Apache-2.0
/**
 * The definition of PodIdentityAssociation, which Amazon's own controller for EKS brings. It is in no module that can be had, so
 * this one stands for it: it knows the kind and takes any content.
 */
import type { Applied } from '../lane/kube-api.ts'

const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true }

/** Applied before anything that holds the kind. */
export const POD_IDENTITY_DEFINITION: Applied = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'podidentityassociations.eks.services.k8s.aws' },
  spec: {
    group: 'eks.services.k8s.aws',
    scope: 'Namespaced',
    names: { kind: 'PodIdentityAssociation', plural: 'podidentityassociations' },
    versions: [
      {
        name: 'v1alpha1',
        served: true,
        storage: true,
        subresources: { status: {} },
        schema: { openAPIV3Schema: { type: 'object', properties: { spec: anything, status: anything } } },
      },
    ],
  },
}
