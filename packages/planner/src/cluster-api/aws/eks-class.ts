// SPDX-License-Identifier: Apache-2.0
/** ClusterClass `kaas-aws-eks`: EKS runs the control plane over three zones, machines of ours run Amazon Linux 2023. */
import { KaasError } from '@kaas/errors'
import type { KubernetesObject } from '../../manifests/manifest.ts'
import type { PeopleSettings } from '../../sign-in/people-settings.ts'
import { BROKER_TAINT, NODE_ROLES, NODES_LABEL, type NodeRole } from '../node-roles.ts'
import type { ClassPlatform } from '../provider.ts'
import { awsClass } from './aws-class.ts'
import { awsMachineTemplate, referenceTo, templateOf } from './aws-machine-template.ts'
import { awsNetworkFor } from './aws-network.ts'
import { type AwsSettings, EKS_ADDONS } from './aws-settings.ts'

/** The class and its templates. */
export function eksClass(settings: AwsSettings, platform: ClassPlatform): readonly KubernetesObject[] {
  const controlPlane = controlPlaneTemplate(settings, platform)
  const infrastructure = templateOf(
    'infrastructure.cluster.x-k8s.io/v1beta2',
    'AWSManagedClusterTemplate',
    'kaas-aws-eks-cluster',
    { template: { spec: {} } },
  )
  const workers = NODE_ROLES.map((role) => ({
    role,
    bootstrap: nodeadmTemplate(role),
    infrastructure: awsMachineTemplate(settings, role),
  }))
  const spec = {
    infrastructure: referenceTo(infrastructure),
    controlPlane: referenceTo(controlPlane),
    workers: {
      machineDeployments: workers.map(({ role, bootstrap, infrastructure: machine }) => ({
        class: role,
        bootstrap: referenceTo(bootstrap),
        infrastructure: referenceTo(machine),
      })),
    },
    patches: [namePatch()],
  }
  const templates = workers.flatMap(({ bootstrap, infrastructure: machine }) => [bootstrap, machine])
  return [awsClass(settings, spec), infrastructure, controlPlane, ...templates]
}

function controlPlaneTemplate(settings: AwsSettings, { zones, people }: ClassPlatform): KubernetesObject {
  const { region, apiSourceRanges, encryptionKey, addons } = settings
  const spec = {
    region,
    network: awsNetworkFor(settings, zones),
    endpointAccess: { private: true, public: true, publicCIDRs: apiSourceRanges },
    accessConfig: { authenticationMode: 'api_and_config_map', bootstrapClusterCreatorAdminPermissions: true },
    // Pods get their identity from the agent (decision 0016), which needs no identity provider per cluster.
    associateOIDCProvider: false,
    ...(people === undefined ? {} : { oidcIdentityProviderConfig: identityProvider(people) }),
    addons: EKS_ADDONS.map((name) => ({
      name,
      version: addons[name] ?? '',
      conflictResolution: 'overwrite',
      // Without this, Amazon's network takes NetworkPolicies and does nothing about them.
      ...(name === 'vpc-cni' ? { configuration: '{"enableNetworkPolicy":"true"}' } : {}),
    })),
    logging: { apiServer: true, audit: true, authenticator: true, controllerManager: false, scheduler: false },
    ...(encryptionKey === undefined ? {} : { encryptionConfig: { provider: encryptionKey, resources: ['secrets'] } }),
    upgradePolicy: 'standard',
  }
  const apiVersion = 'controlplane.cluster.x-k8s.io/v1beta2'
  return templateOf(apiVersion, 'AWSManagedControlPlaneTemplate', 'kaas-aws-eks-control-plane', { template: { spec } })
}

/** EKS asks the provider over the internet and knows no CA of one's own. */
function identityProvider({ issuer, clientId, usernameClaim, groupsClaim, prefix, ca }: PeopleSettings): object {
  if (ca !== undefined) {
    throw new KaasError('config-invalid', {
      message: 'platform.yaml names a CA for the identity provider of people, and EKS cannot be told one.',
      help: 'Give the provider a certificate of a public authority, or use flavour: kubeadm.',
      fields: [{ path: 'people.ca', message: 'Must not be there with flavour: eks.' }],
    })
  }
  return {
    identityProviderConfigName: 'kaas-people',
    issuerUrl: issuer,
    clientId,
    usernameClaim,
    usernamePrefix: prefix,
    groupsClaim,
    groupsPrefix: prefix,
  }
}

function nodeadmTemplate(role: NodeRole): KubernetesObject {
  const { key, value, effect } = BROKER_TAINT
  const taints = role === 'brokers' ? [`--register-with-taints=${key}=${value}:${effect}`] : []
  const spec = { kubelet: { flags: [`--node-labels=${NODES_LABEL}=${role}`, ...taints] } }
  return templateOf('bootstrap.cluster.x-k8s.io/v1beta2', 'NodeadmConfigTemplate', `kaas-aws-eks-${role}`, {
    template: { spec },
  })
}

/** EKS calls the cluster as we do: identities of pods are told apart by this name. */
function namePatch(): object {
  return {
    name: 'eksClusterName',
    definitions: [
      {
        selector: {
          apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2',
          kind: 'AWSManagedControlPlaneTemplate',
          matchResources: { controlPlane: true },
        },
        jsonPatches: [
          { op: 'add', path: '/spec/template/spec/eksClusterName', valueFrom: { variable: 'builtin.cluster.name' } },
        ],
      },
    ],
  }
}
