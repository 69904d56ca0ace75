// SPDX-License-Identifier: Apache-2.0
/** What the ClusterClasses of both flavours have in common: their name, their variables, and the patches that put those in place. */
import type { KubernetesObject } from '../../manifests/manifest.ts'
import { CLASS_NAMESPACE } from '../provider.ts'
import { AWS_MACHINES, type AwsSettings } from './aws-settings.ts'

/** Variables of a class: the machine of each sort of node, by its role. */
export const MACHINE_VARIABLES = { brokers: 'brokerMachine', system: 'systemMachine' } as const

/** The name of the class. It stays when its templates are followed by others. */
export function awsClassName({ flavour }: AwsSettings): string {
  return `kaas-aws-${flavour}`
}

/** The class, from what its flavour has. */
export function awsClass(settings: AwsSettings, spec: { readonly patches: readonly object[] } & object): KubernetesObject {
  return {
    apiVersion: 'cluster.x-k8s.io/v1beta2',
    kind: 'ClusterClass',
    metadata: {
      name: awsClassName(settings),
      namespace: CLASS_NAMESPACE,
      labels: { 'app.kubernetes.io/managed-by': 'kaas' },
    },
    spec: {
      ...spec,
      variables: Object.values(MACHINE_VARIABLES).map((name) => ({
        name,
        required: true,
        schema: { openAPIV3Schema: { type: 'string', enum: AWS_MACHINES } },
      })),
      patches: [
        ...Object.entries(MACHINE_VARIABLES).map(([role, variable]) => machinePatch(role, variable)),
        ...spec.patches,
      ],
    },
  }
}

function machinePatch(role: string, variable: string): object {
  return {
    name: variable,
    definitions: [
      {
        selector: {
          apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2',
          kind: 'AWSMachineTemplate',
          matchResources: { machineDeploymentClass: { names: [role] } },
        },
        jsonPatches: [{ op: 'replace', path: '/spec/template/spec/instanceType', valueFrom: { variable } }],
      },
    ],
  }
}
