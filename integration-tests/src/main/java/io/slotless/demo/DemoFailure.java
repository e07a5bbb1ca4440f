package io.slotless.demo;

/** Something is not as the demo says. */
final class DemoFailure extends RuntimeException {

    DemoFailure(String message) {
        super(message);
    }
}
