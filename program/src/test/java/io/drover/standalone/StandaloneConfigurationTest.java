package io.drover.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.standalone.StandaloneConfiguration.Arguments;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class StandaloneConfigurationTest {
    @Test
    void defaultsLieInTheDataFolder() {
        StandaloneConfiguration checked = StandaloneConfiguration.check(
                new Arguments(Path.of("/srv/drover"), "", "host-1", List.of(), 0, "UTC", "0s"));

        assertThat(checked.csiEndpoint()).isEqualTo("unix:///srv/drover/csi.sock");
        assertThat(checked.operationsSocket()).isEqualTo(Path.of("/srv/drover/drover.sock"));
        assertThat(checked.disks())
                .singleElement()
                .satisfies(disk -> assertThat(disk.path()).isEqualTo(Path.of("/srv/drover/disk")));
    }

    @Test
    void allMistakesAreReportedAtOnceAndNumbered() {
        Arguments wrong = new Arguments(
                Path.of("/proc/version"),
                "tcp://1.2.3.4",
                "no spaces",
                List.of("relative", "/a", "/a"),
                70_000,
                "UTC",
                "0s");

        assertThatThrownBy(() -> StandaloneConfiguration.check(wrong))
                .asInstanceOf(InstanceOfAssertFactories.type(StorageException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .extracting(Throwable::getMessage, InstanceOfAssertFactories.STRING)
                .contains(
                        "6 mistakes", "1. --data-dir /proc/version is no folder", "2. --csi-endpoint", "3. --node-name")
                .contains("4. --disk \"relative\"", "5. --disk /a is given twice", "6. --metrics-port 70000");
    }
}
