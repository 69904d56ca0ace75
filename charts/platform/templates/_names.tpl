{{- define "platform.labels" -}}
app.kubernetes.io/name: kaas-platform
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: kaas
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ splitList "+" .Chart.Version | first }}
{{- end }}

{{/* How each release is installed: tried again and again, kept as it was installed, its definitions kept current. */}}
{{- define "platform.release" -}}
interval: {{ .Values.interval }}
timeout: {{ .Values.timeout }}
maxHistory: 3
install:
  createNamespace: true
  crds: CreateReplace
  strategy: {name: RetryOnFailure, retryInterval: {{ .Values.retryInterval }}}
upgrade:
  crds: CreateReplace
  # No rollback: an older operator must not read what a newer one wrote.
  strategy: {name: RetryOnFailure, retryInterval: {{ .Values.retryInterval }}}
driftDetection: {mode: enabled}
{{- with .Values.target }}
{{- if .kubeConfigSecret }}
# Read anew at each look: Cluster API writes tokens that live for minutes.
kubeConfig: {secretRef: {name: {{ .kubeConfigSecret }}, key: {{ .kubeConfigKey }}}}
{{- end }}
{{- end }}
{{- end }}
