package io.slotless.sidecar.script;

/** Where one event loop tells the others what it has learned of a destination's scripts. */
public interface ScriptNews {

    /** A client has brought a script; it is never changed. */
    void seen(byte[] script);

    /** A client wants all scripts to be forgotten. */
    void flushed();
}
