package io.slotless.webhook.injection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.slotless.api.SlotlessNames;
import java.util.List;

/** The sidecar's volumes and where they are mounted. */
final class SidecarVolumes {

    /** Where every Kubernetes client looks; a mount of our own keeps the ServiceAccount admission plugin from adding one. */
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private static final String TOKEN = "slotless-token";
    private static final String TMP = "slotless-tmp";
    private static final String SECRET_PREFIX = "slotless-secret-";
    /** As in the volume that Kubernetes itself adds: the kubelet renews the token at 80 % of it. */
    private static final long TOKEN_SECONDS = 3607;

    private SidecarVolumes() {}

    static void add(List<String> secrets, ArrayNode volumes) {
        token(volumes.addObject());
        // In memory: it must not pin the pod to a node. The root file system is read-only, and native libraries are
        // unpacked here.
        ObjectNode tmp = volumes.addObject();
        tmp.putObject("emptyDir").put("medium", "Memory").put("sizeLimit", "16Mi");
        tmp.put("name", TMP);
        for (int i = 0; i < secrets.size(); i++) {
            ObjectNode volume = volumes.addObject().put("name", SECRET_PREFIX + i);
            volume.putObject("secret").put("optional", true).put("secretName", secrets.get(i));
        }
    }

    static void mount(List<String> secrets, ArrayNode mounts) {
        mounts.addObject().put("mountPath", TOKEN_PATH).put("name", TOKEN).put("readOnly", true);
        mounts.addObject().put("mountPath", "/tmp").put("name", TMP);
        for (int i = 0; i < secrets.size(); i++) {
            mounts.addObject()
                    .put("mountPath", SlotlessNames.SECRETS_DIRECTORY + "/" + secrets.get(i))
                    .put("name", SECRET_PREFIX + i)
                    .put("readOnly", true);
        }
    }

    /** Our own, so that it works with {@code automountServiceAccountToken: false}. */
    private static void token(ObjectNode volume) {
        ArrayNode sources = volume.put("name", TOKEN).putObject("projected").putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        ObjectNode configMap = sources.addObject().putObject("configMap");
        configMap.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        configMap.put("name", "kube-root-ca.crt");
        ObjectNode namespace =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        namespace.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
        namespace.put("path", "namespace");
    }
}
