package io.slotless.sidecar.app;

/** A setting, or what a setting leads to, cannot be used. The message is for the user: one line that says what to do. */
final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1;

    ConfigurationException(String message) {
        super(message);
    }

    ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
