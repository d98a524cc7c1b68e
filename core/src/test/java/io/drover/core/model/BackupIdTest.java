package io.drover.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackupIdTest {
    private static final BackupId BACKUP = new BackupId(new VolumeId("pvc-1"), "backup-2");

    @Test
    void aHandleReadsBackAsTheSameBackup() {
        assertThat(BACKUP.handle()).isEqualTo("bak://pvc-1/backup-2");
        assertThat(BackupId.ofHandle(BACKUP.handle())).isEqualTo(BACKUP);
        assertThat(BackupId.ofHandle(BACKUP.keptHandle())).isEqualTo(BACKUP);
        assertThat(BackupId.isKept(BACKUP.keptHandle())).isTrue();
        assertThat(BackupId.isKept(BACKUP.handle())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "bak://",
                "bak://ab",
                "bak:///bb",
                "bak://ab/",
                "bak://ab/cd/ef",
                "bak://../bb",
                "bak://ab/..",
                "bak://a/bb",
                "bak://aa/b",
                "bak://ab/#kept",
                "bak://ab/cd#other",
                "snap://ab/cd",
                "ab/cd"
            })
    void aMalformedHandleIsRefused(String handle) {
        assertThatThrownBy(() -> BackupId.ofHandle(handle))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    @Test
    void theOldSchemeIsRefusedByName() {
        assertThatThrownBy(() -> BackupId.ofHandle("bs://pvc-1/backup-2"))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED))
                .hasMessageContaining("bs://")
                .hasMessageContaining("bak://");
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b@r/p/?backup=backup-1&volume=pvc-1, s3://b@r/p/",
        "s3://b@r/p/?volume=pvc-1&backup=backup-1, s3://b@r/p/",
        "nfs://h:/x?nfsOptions=soft&backup=backup-1&volume=pvc-1, nfs://h:/x?nfsOptions=soft"
    })
    void anAddressIsTargetAndBackup(String url, String target) {
        assertThat(BackupUrl.parse(url))
                .isEqualTo(new BackupUrl(target, new BackupId(new VolumeId("pvc-1"), "backup-1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3://b@r/",
                "s3://b@r/?backup=bb",
                "s3://b@r/?backup=bb&backup=cc&volume=vv",
                "default?backup=bb&volume=vv",
                "s3://b@r/?backup=../x&volume=vv"
            })
    void anAddressWithoutItsPartsIsInvalid(String url) {
        assertThatThrownBy(() -> BackupUrl.parse(url))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID));
    }

    @ParameterizedTest
    @CsvSource({
        "s3://b@r/p/, s3://b@r/p, true",
        "vfs:///a, file:///a/, true",
        "file:///, file:///, true",
        "nfs://h:/x?nfsOptions=soft, nfs://h:/x/?nfsOptions=soft, true",
        "nfs://h:/x?nfsOptions=soft, nfs://h:/x, false",
        "s3://b@r/p, s3://b@r/q, false",
        "s3://b@r/p, s3://c@r/p, false"
    })
    void spellingsOfOneTargetAreEqual(String one, String other, boolean same) {
        assertThat(BackupUrl.isSameTarget(one, other)).isEqualTo(same);
    }
}
