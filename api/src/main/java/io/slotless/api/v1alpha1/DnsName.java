package io.slotless.api.v1alpha1;

/** The syntax of host names and of names in Kubernetes; regular expressions written for Java and for RE2. */
final class DnsName {

    /** Of a name in DNS, and of a name in Kubernetes. */
    static final int MAX_LENGTH = 253;

    /** A host name or an IPv4 address, without anchors. */
    static final String HOST = "[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?";

    /** The name of an object in Kubernetes, without anchors (a DNS subdomain, RFC 1123). */
    static final String OBJECT = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    /** A key of a Secret, without anchors: nothing that could leave the folder the Secret is mounted to. */
    static final String KEY = "[A-Za-z0-9_-][A-Za-z0-9._-]*|\\.[A-Za-z0-9_-][A-Za-z0-9._-]*";

    private DnsName() {}
}
