// SPDX-License-Identifier: Apache-2.0
/** What a provider of machines gives to the rest. Everything that names a cloud is behind it, in the provider's folder. */
import type { KubernetesObject } from '../manifests/manifest.ts'
import type { PlatformProfile } from '../manifests/platform-profile.ts'
import type { CheckedInput } from '../manifests/tenant-input.ts'
import type { ClusterSettings } from './cluster-settings.ts'

/** Namespace of ClusterClasses and their templates in the management cluster. */
export const CLASS_NAMESPACE = 'kaas-classes'

/** What a Cluster takes from its provider. */
export interface ClusterShape {
  readonly className: string
  /** `v1.36.3`. */
  readonly kubernetesVersion: string
  /** Undefined where the cloud runs the control plane and counts its nodes itself. */
  readonly controlPlaneReplicas?: number
  readonly podRanges: readonly string[]
  readonly serviceRanges: readonly string[]
  /** By the names of the class's variables. */
  readonly variables: Readonly<Record<string, unknown>>
}

/** What classes take from the platform. */
export type ClassPlatform = Pick<PlatformProfile, 'zones' | 'people'>

/** One provider. All functions are pure; they throw `config-invalid` for settings that cannot be. */
export interface ClusterProvider<Settings = ClusterSettings> {
  /** Folder below `infrastructure/classes/`. */
  readonly name: string
  /** The class and its templates, for the zones of the platform and the people who sign in there. */
  classObjects(settings: Settings, platform: ClassPlatform): readonly KubernetesObject[]
  /** How the cluster of a tenant looks. */
  shapeFor(settings: Settings, input: CheckedInput): ClusterShape
  /** Values of charts/platform that the provider decides. */
  platformValues(settings: Settings): Readonly<Record<string, unknown>>
  /** Objects in the tenant's namespace of the management cluster, such as identities. */
  tenantObjects(settings: Settings, input: CheckedInput): readonly KubernetesObject[]
}
