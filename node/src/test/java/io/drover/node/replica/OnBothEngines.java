package io.drover.node.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.Settings;
import io.drover.node.disk.DiskConfiguration;
import io.drover.node.testing.Scratch;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas on a fresh disk of one engine; the tests run on both. */
@Tag("root")
@ParameterizedClass
@ValueSource(strings = {"btrfs", "xfs"})
@SuppressWarnings("NullAway.Init")
abstract class OnBothEngines {
    @Parameter
    String engine;

    Scratch scratch;
    ReplicaHost host;

    @BeforeEach
    void start() {
        scratch = new Scratch();
        host = new ReplicaHost(scratch, List.of(DiskConfiguration.at(scratch.mounted("pool", engine, 1024))));
        // The rules of room have tests of their own.
        host.settings(new Settings(10_000, 0, 0, true, 250));
    }

    @AfterEach
    void clean() {
        host.close();
        scratch.close();
    }

    static void refused(ErrorCode code, String text, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(text);
    }
}
