package io.slotless.sidecar.json;

/** A value is not what its place is for. */
public final class WrongTypeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;

    WrongTypeException(String problem) {
        super(problem);
        this.problem = problem;
    }

    /** For the user: the place, and what is wrong there. */
    public String problem() {
        return problem;
    }
}
