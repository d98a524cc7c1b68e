package io.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.ByteSize;
import io.drover.core.model.DiskId;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskConfigurationTest {
    @Test
    void pathAloneIsEnough() {
        assertThat(DiskConfiguration.parse("/srv/disk/")).isEqualTo(DiskConfiguration.at(Path.of("/srv/disk")));
    }

    @Test
    void readsEveryOption() {
        DiskConfiguration disk = DiskConfiguration.parse(
                "/dev/sdb,tags=ssd+fast+ssd,size=50Gi,engine=xfs,name=left bay,adopt=u-1,forget=u-2");

        assertThat(disk.path()).isEqualTo(Path.of("/dev/sdb"));
        assertThat(disk.tags()).containsExactly("fast", "ssd");
        assertThat(disk.size()).contains(ByteSize.ofGibi(50));
        assertThat(disk.engine()).contains(DiskEngine.XFS);
        assertThat(disk.shown()).isEqualTo("left bay");
        assertThat(disk.adopt()).contains(new DiskId("u-1"));
        assertThat(disk.forget()).contains(new DiskId("u-2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "srv/disk|not absolute",
                "/|root directory",
                "/srv/..|root directory",
                "/d,size=10Mi|too small",
                "/d,size=big|is not a size",
                "/d,engine=zfs|write btrfs or xfs",
                "/d,tags=a++b|tag \"\"",
                "/d,tags=a+b c|tag \"b c\"",
                "/d,tags=|key=value",
                "/d,,|key=value",
                "/d,colour=red|\"colour\" is not known",
                "/d,name=a,name=b|given twice",
                "/d,name=../x|name",
                "/d,adopt=../x|adopt"
            })
    void namesWhatIsWrong(String text, String expected) {
        assertThatThrownBy(() -> DiskConfiguration.parse(text))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID))
                .hasMessageContaining(expected);
    }

    @Test
    void reportsAllMistakesAtOnce() {
        assertThatThrownBy(() -> DiskConfiguration.parse("x,engine=zfs,size=y"))
                .hasMessageContainingAll("not absolute", "zfs", "is not a size");
    }
}
