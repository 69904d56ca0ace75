{{- define "cluster.labels" -}}
app.kubernetes.io/name: kaas-cluster
app.kubernetes.io/instance: {{ .Release.Name }}
app.kubernetes.io/part-of: kaas
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ splitList "+" .Chart.Version | first }}
{{- end }}
