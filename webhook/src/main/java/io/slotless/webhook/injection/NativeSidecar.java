package io.slotless.webhook.injection;

/** Whether the sidecar is a native one. */
public enum NativeSidecar {
    /** Where the API server knows them. */
    AUTO,
    TRUE,
    FALSE;

    SidecarPlacement placement(Catalogue catalogue) {
        return switch (this) {
            case TRUE -> SidecarPlacement.NATIVE;
            case FALSE -> SidecarPlacement.FIRST_CONTAINER;
            case AUTO ->
                catalogue.supportsNativeSidecars() ? SidecarPlacement.NATIVE : SidecarPlacement.FIRST_CONTAINER;
        };
    }
}
