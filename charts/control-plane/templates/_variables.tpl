{{/* Every variable of the control plane, for the pods and for the job of the migration. */}}
{{- define "control-plane.variables" -}}
KAAS_API_HOST: "0.0.0.0"
KAAS_API_PORT: {{ .Values.apiPort | quote }}
KAAS_DATABASE_URL_FILE: /run/kaas/secrets/database-url
KAAS_STATE_DIR: /var/lib/kaas
KAAS_TOKEN_FILE: /run/kaas/secrets/token
KAAS_GATEWAY_TOKEN_FILE: /run/kaas/secrets/gateway-token
KAAS_SECRETS_KEY_FILE: /run/kaas/secrets/secrets.key
{{- if .Values.kafkaClusters }}
KAAS_CLUSTERS_FILE: /etc/kaas/clusters.json
{{- end }}
{{- with .Values.bootstrapAddress }}
KAAS_BOOTSTRAP_ADDRESS: {{ . | quote }}
{{- end }}
{{- if .Values.bootstrapCa }}
KAAS_BOOTSTRAP_CA_FILE: /etc/kaas/gateway-ca.pem
{{- end }}
{{- with .Values.publicUrl }}
KAAS_PUBLIC_URL: {{ . | quote }}
{{- end }}
{{- with .Values.trustedProxies }}
KAAS_TRUSTED_PROXIES: {{ join "," . | quote }}
{{- end }}
{{- with .Values.console.directory }}
KAAS_CONSOLE_DIR: {{ . | quote }}
{{- end }}
KAAS_SIGN_IN_FILE: /etc/kaas/sign-in.json
{{- if .Values.signIn.bootstrapPasswordSecret.name }}
KAAS_BOOTSTRAP_PASSWORD_FILE: /run/kaas/secrets/bootstrap-password
{{- end }}
{{- with .Values.git }}
{{- if .url }}
KAAS_GIT_URL: {{ .url | quote }}
KAAS_GIT_BRANCH: {{ .branch | quote }}
KAAS_GIT_POLL: {{ .poll | quote }}
{{- if .credentialsSecret.name }}
KAAS_GIT_CREDENTIALS_FILE: /run/kaas/secrets/git-credentials
{{- end }}
{{- if .sshSecret.name }}
KAAS_GIT_SSH_KEY_FILE: /run/kaas/secrets/git-key
KAAS_GIT_KNOWN_HOSTS_FILE: /etc/kaas/known_hosts
{{- end }}
{{- if .ca }}
KAAS_GIT_CA_FILE: /etc/kaas/git-ca.pem
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.kubernetes.enabled }}
KAAS_KUBECONFIG_FILE: /etc/kaas/kubeconfig
{{- end }}
KAAS_EVENTS_KEPT: {{ .Values.eventsKept | quote }}
KAAS_AUDIT_KEPT: {{ .Values.auditKept | quote }}
{{- with .Values.audit }}
{{- if .kafkaCluster }}
KAAS_AUDIT_CLUSTER: {{ .kafkaCluster | quote }}
KAAS_AUDIT_TOPIC: {{ .topic | quote }}
KAAS_AUDIT_TOPIC_KEPT: {{ .topicKept | quote }}
{{- if .kubernetes.tokenSecret.name }}
KAAS_KUBERNETES_AUDIT_TOKEN_FILE: /run/kaas/secrets/kubernetes-audit-token
KAAS_KUBERNETES_AUDIT_TOPIC: {{ .kubernetes.topic | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.prometheusUrl }}
KAAS_PROMETHEUS_URL: {{ . | quote }}
{{- end }}
KAAS_LOG_LEVEL: {{ .Values.logLevel }}
HOME: /var/lib/kaas
{{- range $name, $value := .Values.variables }}
{{ $name }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Files beside the secrets. */}}
{{- define "control-plane.files" -}}
{{- if .Values.kafkaClusters }}
clusters.json: {{ .Values.kafkaClusters | toJson | quote }}
{{- end }}
sign-in.json: {{ include "control-plane.signIn" . | quote }}
{{- range .Values.signIn.providers }}
{{- if .ca }}
provider-{{ .id }}-ca.pem: {{ .ca | quote }}
{{- end }}
{{- end }}
{{- with .Values.bootstrapCa }}
gateway-ca.pem: {{ . | quote }}
{{- end }}
{{- with .Values.git.ca }}
git-ca.pem: {{ . | quote }}
{{- end }}
{{- if .Values.git.knownHosts }}
known_hosts: {{ printf "%s\n" .Values.git.knownHosts | quote }}
{{- end }}
{{- if .Values.kubernetes.enabled }}
# The API server of this cluster, as the pods' own service account. There is no secret in it: the token is a file.
kubeconfig: |
  apiVersion: v1
  kind: Config
  current-context: here
  contexts: [{name: here, context: {cluster: here, user: control-plane}}]
  clusters:
    - name: here
      cluster: {server: https://kubernetes.default.svc, certificate-authority: /run/kaas/kubernetes/ca.crt}
  users:
    - name: control-plane
      user: {tokenFile: /run/kaas/kubernetes/token}
{{- end }}
{{- end }}

{{/* The file of sign-in. Secrets of clients and CAs are files that it names. */}}
{{- define "control-plane.signIn" -}}
{{- $providers := list }}
{{- range .Values.signIn.providers }}
{{- $provider := omit . "clientSecret" "ca" }}
{{- if .clientSecret }}{{ $_ := set $provider "clientSecretFile" (printf "/run/kaas/secrets/provider-%s" .id) }}{{ end }}
{{- if .ca }}{{ $_ := set $provider "caFile" (printf "/etc/kaas/provider-%s-ca.pem" .id) }}{{ end }}
{{- $providers = append $providers $provider }}
{{- end }}
{{- with .Values.signIn }}
{{- dict "providers" $providers "bootstrap" .bootstrap "sessionIdle" .sessionIdle "sessionLife" .sessionLife "loginLife" .loginLife "tokenOwnerSeenWithin" .tokenOwnerSeenWithin | toJson }}
{{- end }}
{{- end }}
