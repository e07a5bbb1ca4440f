{{- define "slotless.webhook" -}}
{{- printf "%s-webhook" (.Release.Name | trunc 50 | trimSuffix "-") -}}
{{- end -}}

{{- define "slotless.selectorLabels" -}}
app.kubernetes.io/name: slotless-webhook
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "slotless.labels" -}}
{{ include "slotless.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/part-of: slotless
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "slotless.certificateSecret" -}}
{{- if .Values.certificate.certManager.enabled -}}
{{ include "slotless.webhook" . }}-tls
{{- else -}}
{{ required "certificate.existingSecret is needed where certificate.certManager.enabled is false" .Values.certificate.existingSecret }}
{{- end -}}
{{- end -}}

{{/* What both webhooks share: everything but which pods they are called for. */}}
{{- define "slotless.admission" -}}
admissionReviewVersions: [v1]
sideEffects: None
failurePolicy: {{ .Values.admission.failurePolicy }}
timeoutSeconds: {{ .Values.admission.timeoutSeconds }}
reinvocationPolicy: IfNeeded
matchPolicy: Equivalent
rules:
  - apiGroups: [""]
    apiVersions: [v1]
    operations: [CREATE]
    resources: [pods]
    scope: Namespaced
clientConfig:
  service:
    name: {{ include "slotless.webhook" . }}
    namespace: {{ .Release.Namespace }}
    path: /mutate
    port: 443
  {{- if not .Values.certificate.certManager.enabled }}
  caBundle: {{ required "certificate.caBundle is needed where certificate.certManager.enabled is false" .Values.certificate.caBundle | b64enc }}
  {{- end }}
{{- end -}}

{{- define "slotless.notExcluded" -}}
- key: kubernetes.io/metadata.name
  operator: NotIn
  values: {{ append .Values.admission.excludedNamespaces .Release.Namespace | uniq | toJson }}
{{- end -}}
