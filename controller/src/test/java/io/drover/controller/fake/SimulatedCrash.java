package io.drover.controller.fake;

/** Stands for the end of the process: an Error, so that no recovery code of ours runs for it. */
public final class SimulatedCrash extends Error {
    private static final long serialVersionUID = 1L;

    public SimulatedCrash(String point) {
        super("crashed at " + point);
    }
}
