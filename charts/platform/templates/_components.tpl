{{/*
Where each component goes, what it waits for, on which provider, and what KaaS sets in its values. Versions and sources are values, so
that a mirror or a newer release needs no new chart. Values of a component's own `values` win.
*/}}
{{- define "platform.components" -}}
cilium:
  namespace: kube-system
  values:
    # From the range of each node, which Kubernetes cuts from that of the Cluster: there is no second place where the range is written.
    ipam: {mode: kubernetes}
    k8s: {requireIPv4PodCIDR: true}
    # Any network between machines will do, if it lets UDP 8472 through.
    routingMode: tunnel
    tunnelProtocol: vxlan
    # kube-proxy stays.
    kubeProxyReplacement: "false"
    policyEnforcementMode: default
    # A range in a policy means machines of the cluster as well, as it does in other networks.
    policyCIDRMatchMode: nodes
    # Policies here are about addresses and ports, and nobody looks at flows.
    l7Proxy: false
    envoy: {enabled: false}
    hubble: {enabled: false}
    # Before there is a network no node is ready, and before the cloud's controller runs none is initialized.
    tolerations: [{operator: Exists}]
    operator: {replicas: 2, tolerations: [{operator: Exists}]}
cert-manager:
  namespace: cert-manager
  values:
    crds: {enabled: true, keep: true}
    replicaCount: 2
    podDisruptionBudget: {enabled: true, minAvailable: 1}
    webhook: {replicaCount: 3, podDisruptionBudget: {enabled: true, minAvailable: 1}}
    cainjector: {replicaCount: 2, podDisruptionBudget: {enabled: true, minAvailable: 1}}
    {{- include "platform.role" .Values.aws.roles.certManager | nindent 4 }}
strimzi:
  namespace: strimzi
  values:
    replicas: 2
    podDisruptionBudget: {enabled: true, minAvailable: 1}
    {{- if .Values.strimziNamespaces }}
    watchNamespaces: {{ toJson .Values.strimziNamespaces }}
    {{- else }}
    watchAnyNamespace: true
    {{- end }}
    # KaaS writes the policies of its namespaces itself.
    generateNetworkPolicy: false
    # Who may look at a namespace sees its Kafka, topics and users there.
    createAggregateRoles: true
external-dns:
  namespace: external-dns
  values:
    # Creates and changes, and deletes what it made itself: the owner tells its records from others in the zone.
    policy: sync
    registry: txt
    txtOwnerId: {{ .Values.clusterName }}
    txtPrefix: kaas-
    domainFilters: [{{ .Values.domain }}]
    # Named, so that a new default of a later version finds the same objects.
    annotationPrefix: external-dns.alpha.kubernetes.io/
    sources: [service{{ if (index .Values.components "envoy-gateway").enabled }}, gateway-tlsroute{{ end }}]
    logFormat: json
    {{- if eq .Values.provider "aws" }}
    provider: {name: aws}
    {{- with .Values.aws.region }}
    env: [{name: AWS_DEFAULT_REGION, value: {{ . }}}]
    {{- end }}
    {{- end }}
    resources: {requests: {cpu: 20m, memory: 96Mi}, limits: {memory: 192Mi}}
    {{- include "platform.role" .Values.aws.roles.externalDns | nindent 4 }}
kube-prometheus-stack:
  namespace: monitoring
  values:
    # Monitors and rules of tenants and of KaaS are found wherever they are.
    prometheus:
      prometheusSpec:
        replicas: 2
        retention: 15d
        podMonitorSelectorNilUsesHelmValues: false
        serviceMonitorSelectorNilUsesHelmValues: false
        ruleSelectorNilUsesHelmValues: false
        externalLabels: {cluster: {{ .Values.clusterName }}}
        storageSpec:
          volumeClaimTemplate:
            spec: {storageClassName: {{ .Values.storageClassName }}, accessModes: [ReadWriteOnce], resources: {requests: {storage: 50Gi}}}
    crds: {enabled: true}
envoy-gateway:
  namespace: envoy-gateway-system
  values:
    deployment: {replicas: 2}
    podDisruptionBudget: {minAvailable: 1}
aws-cloud-controller-manager:
  provider: aws
  # A managed control plane brings its own.
  without: {{ .Values.aws.managedControlPlane }}
  namespace: kube-system
  # It runs on the machines' own network, and nodes that it has not seen are not used.
  withoutNetwork: true
  values:
    hostNetworking: true
    tolerations: [{operator: Exists}]
    args: [--v=2, --cloud-provider=aws, {{ printf "--cluster-name=%s" .Values.clusterName }}, --configure-cloud-routes=false]
aws-ebs-csi-driver:
  provider: aws
  namespace: kube-system
  values:
    controller:
      replicaCount: 2
      {{- with .Values.aws.region }}
      region: {{ . }}
      {{- end }}
      extraVolumeTags: {kaas.dev/cluster: {{ .Values.clusterName }}}
      {{- include "platform.role" .Values.aws.roles.ebsCsi | nindent 6 }}
aws-load-balancer-controller:
  provider: aws
  namespace: kube-system
  # Its webhook changes every Service; certificates for that come from cert-manager.
  dependsOn: [cert-manager]
  values:
    clusterName: {{ .Values.clusterName }}
    replicaCount: 2
    podDisruptionBudget: {maxUnavailable: 1}
    enableCertManager: true
    # Addresses of Cilium's pods mean nothing outside the cluster.
    defaultTargetType: {{ ternary "instance" "ip" .Values.components.cilium.enabled }}
    {{- with .Values.aws.region }}
    region: {{ . }}
    {{- end }}
    {{- with .Values.aws.vpcId }}
    vpcId: {{ . }}
    {{- end }}
    {{- include "platform.role" .Values.aws.roles.loadBalancer | nindent 4 }}
ack-eks-controller:
  provider: aws
  namespace: ack-system
  values:
    aws: {region: {{ .Values.aws.region }}}
    deployment: {replicas: 2}
    leaderElection: {enabled: true}
    # Nothing else of EKS is its business, and all of it is in one account.
    reconcile: {resources: [PodIdentityAssociation]}
    enableCARM: false
{{- end }}

{{/* A service account that acts as a role of AWS, for clusters with an OIDC provider. With EKS Pod Identity no role is given here. */}}
{{- define "platform.role" -}}
{{- if . }}
serviceAccount: {annotations: {eks.amazonaws.com/role-arn: {{ . | quote }}}}
{{- end }}
{{- end }}
