package io.slotless.api;

/** Keys and paths that users, the webhook and the sidecar share. */
public final class SlotlessNames {

    /** Prefix of every annotation and label of ours. */
    public static final String PREFIX = "slotless.io/";

    /** Pod annotation or label: {@code true} or {@code false}. The label wins. */
    public static final String INJECT = PREFIX + "inject";

    /** Namespace label: {@code enabled} or {@code disabled}. */
    public static final String INJECTION = PREFIX + "injection";

    /** Pod annotation: which Redis hosts to take over, comma-separated, each {@code host} or {@code host:port}. */
    public static final String HOSTS = PREFIX + "hosts";

    /** Pod annotation: {@code auto}, {@code off} or names of environment variables. */
    public static final String REWRITE_ENV = PREFIX + "rewrite-env";

    /** Prefix of the pod and namespace annotations that override the sidecar container. */
    public static final String SIDECAR_PREFIX = PREFIX + "sidecar-";

    /** Pod annotation written by the webhook: what it did, as JSON. */
    public static final String STATUS = PREFIX + "status";

    /**
     * Pod label written by the webhook, {@value #INJECTED_VALUE}: what selects the pods with a sidecar, for monitors and
     * watches. That a pod was injected is told by {@link #STATUS}, not by this.
     */
    public static final String INJECTED = PREFIX + "injected";

    /** The only value of {@link #INJECTED}. */
    public static final String INJECTED_VALUE = "true";

    /** Name of the injected container. */
    public static final String SIDECAR_CONTAINER = "slotless";

    /** The sidecar's environment variable that holds the {@link io.slotless.api.bootstrap.Bootstrap} as JSON. */
    public static final String BOOTSTRAP_ENV = "SLOTLESS_BOOTSTRAP";

    /** Where Secrets of the pod's namespace are mounted in the sidecar: {@code <this>/<secret name>/<key>}. */
    public static final String SECRETS_DIRECTORY = "/var/run/slotless/secrets";

    /** Port of the sidecar's health, metrics and status; not one of those a service mesh takes in the same pod. */
    public static final int MANAGEMENT_PORT = 15379;

    /** Where the sidecar answers there with a {@link io.slotless.api.status.SidecarStatus} as JSON. */
    public static final String SIDECAR_STATUS_PATH = "/status";

    private SlotlessNames() {}
}
