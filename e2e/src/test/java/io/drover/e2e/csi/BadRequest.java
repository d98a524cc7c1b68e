package io.drover.e2e.csi;

import io.drover.e2e.fixture.CsiClient;
import io.grpc.Status;
import java.util.function.Consumer;

/**
 * One malformed request and the answer it must get.
 *
 * @param title says what is wrong with it
 * @param code the status code that the CSI specification or {@code docs} promises
 * @param remedy part of the message, in any case of letters: the thing that is wrong or what to do about it
 * @param call makes the request
 */
record BadRequest(String title, Status.Code code, String remedy, Consumer<CsiClient> call) {
    static BadRequest invalid(String title, String remedy, Consumer<CsiClient> call) {
        return new BadRequest(title, Status.Code.INVALID_ARGUMENT, remedy, call);
    }

    static BadRequest notFound(String title, String remedy, Consumer<CsiClient> call) {
        return new BadRequest(title, Status.Code.NOT_FOUND, remedy, call);
    }

    static BadRequest outOfRange(String title, String remedy, Consumer<CsiClient> call) {
        return new BadRequest(title, Status.Code.OUT_OF_RANGE, remedy, call);
    }

    @Override
    public String toString() {
        return title + " is " + code;
    }
}
