// SPDX-License-Identifier: Apache-2.0
/** Which programs the cluster tests run, as data: module folder of each set, command of each program, the flags they are linked with. */

/** Sets are built one by one: what a test does not ask for is not built. */
export type BinarySet = 'controlplane' | 'gitops' | 'capi'

/** Where a program comes from: the package of its command, within the module of its set. */
interface Command {
  readonly name: BinaryName
  readonly package: string
}

/** Every program by the name of its file. */
export type BinaryName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kubectl'
  | 'helm'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kwok'
  | 'source-controller'
  | 'kustomize-controller'
  | 'helm-controller'
  | 'capi-core'
  | 'capi-bootstrap'
  | 'capi-control-plane'

/** Programs of each set, in the order of building: later ones reuse packages of earlier ones. */
export const COMMANDS: Readonly<Record<BinarySet, readonly Command[]>> = {
  controlplane: [
    { name: 'etcd', package: 'go.etcd.io/etcd/server/v3' },
    { name: 'kube-apiserver', package: 'k8s.io/kubernetes/cmd/kube-apiserver' },
    { name: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl' },
    { name: 'helm', package: 'helm.sh/helm/v4/cmd/helm' },
    { name: 'kube-controller-manager', package: 'k8s.io/kubernetes/cmd/kube-controller-manager' },
    { name: 'kube-scheduler', package: 'k8s.io/kubernetes/cmd/kube-scheduler' },
    { name: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' },
  ],
  gitops: [
    { name: 'source-controller', package: 'github.com/fluxcd/source-controller' },
    { name: 'kustomize-controller', package: 'github.com/fluxcd/kustomize-controller' },
    { name: 'helm-controller', package: 'github.com/fluxcd/helm-controller' },
  ],
  capi: [
    { name: 'capi-core', package: 'sigs.k8s.io/cluster-api/core' },
    { name: 'capi-bootstrap', package: 'sigs.k8s.io/cluster-api/bootstrap/kubeadm' },
    { name: 'capi-control-plane', package: 'sigs.k8s.io/cluster-api/controlplane/kubeadm' },
  ],
}

/** The version of Kubernetes in `test/cluster/tools/controlplane/go.mod`. */
export const KUBERNETES_VERSION = 'v1.36.3'

const VERSION = 'k8s.io/component-base/version'

/** One string for all programs: a changed flag would compile everything again. The date is fixed, so that builds are the same. */
export const LINKER_FLAGS = [
  '-s -w',
  `-X ${VERSION}.gitVersion=${KUBERNETES_VERSION}`,
  `-X ${VERSION}.gitMajor=1`,
  `-X ${VERSION}.gitMinor=36`,
  `-X ${VERSION}.gitTreeState=clean`,
  `-X ${VERSION}.buildDate=2026-01-01T00:00:00Z`,
  `-X k8s.io/client-go/pkg/version.gitVersion=${KUBERNETES_VERSION}`,
  '-X helm.sh/helm/v4/internal/version.version=v4.2.4',
  '-X sigs.k8s.io/kwok/pkg/consts.Version=v0.8.0',
].join(' ')
