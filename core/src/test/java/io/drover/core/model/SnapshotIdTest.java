package io.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotIdTest {
    private static final SnapshotId SNAPSHOT = new SnapshotId(new VolumeId("pvc-1"), "snap-2");

    @Test
    void aHandleReadsBackAsTheSameSnapshot() {
        assertThat(SNAPSHOT.handle()).isEqualTo("snap://pvc-1/snap-2");
        assertThat(SnapshotId.ofHandle(SNAPSHOT.handle())).isEqualTo(SNAPSHOT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "snap://",
                "snap://a",
                "snap:///b",
                "snap://a/",
                "snap://a/b/c",
                "snap://../b",
                "snap://a/..",
                "bak://a/b",
                "a/b",
                "SNAP://a/b"
            })
    void aMalformedHandleIsRefusedAndNeverReadAsEmptyNames(String handle) {
        assertThatThrownBy(() -> SnapshotId.ofHandle(handle))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void theKeyOfARecordIsUniqueThoughNamesHoldDotsAndDashes() {
        assertThat(Snapshot.key(new SnapshotId(new VolumeId("a.b"), "c")))
                .isNotEqualTo(Snapshot.key(new SnapshotId(new VolumeId("a"), "b.c")));
    }
}
