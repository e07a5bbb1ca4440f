package io.slotless.webhook.injection;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.slotless.api.SlotlessNames;
import java.util.ArrayList;
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

    static List<Volume> volumes(List<String> secrets) {
        List<Volume> volumes = new ArrayList<>(List.of(token(), tmp()));
        for (int i = 0; i < secrets.size(); i++) {
            volumes.add(new VolumeBuilder()
                    .withName(SECRET_PREFIX + i)
                    .withNewSecret()
                    .withSecretName(secrets.get(i))
                    .withOptional(true)
                    .endSecret()
                    .build());
        }
        return volumes;
    }

    static List<VolumeMount> mounts(List<String> secrets) {
        List<VolumeMount> mounts = new ArrayList<>(List.of(mount(TOKEN, TOKEN_PATH, true), mount(TMP, "/tmp", false)));
        for (int i = 0; i < secrets.size(); i++) {
            mounts.add(mount(SECRET_PREFIX + i, SlotlessNames.SECRETS_DIRECTORY + "/" + secrets.get(i), true));
        }
        return mounts;
    }

    /** Our own, so that it works with {@code automountServiceAccountToken: false}. */
    private static Volume token() {
        return new VolumeBuilder()
                .withName(TOKEN)
                .withNewProjected()
                .addNewSource()
                .withNewServiceAccountToken()
                .withPath("token")
                .withExpirationSeconds(TOKEN_SECONDS)
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName("kube-root-ca.crt")
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("namespace")
                .withNewFieldRef("v1", "metadata.namespace")
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .build();
    }

    /** The root file system is read-only, and native libraries are unpacked here. In memory: it must not pin the pod to a node. */
    private static Volume tmp() {
        return new VolumeBuilder()
                .withName(TMP)
                .withNewEmptyDir()
                .withMedium("Memory")
                .withSizeLimit(new Quantity("16Mi"))
                .endEmptyDir()
                .build();
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }
}
