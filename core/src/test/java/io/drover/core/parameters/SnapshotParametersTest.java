package io.drover.core.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import io.drover.core.model.BackupMode;
import io.drover.core.parameters.SnapshotParameters.Type;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotParametersTest {
    @Test
    void withoutParametersItIsAnIncrementalBackup() {
        assertThat(SnapshotParameters.read(Map.of()))
                .isEqualTo(new SnapshotParameters(Type.BAK, "", BackupMode.INCREMENTAL, ""));
        assertThat(SnapshotParameters.read(Map.of("type", ""))).isEqualTo(SnapshotParameters.read(Map.of()));
    }

    @Test
    void everyParameterIsRead() {
        Map<String, String> parameters = Map.of(
                "type", "snap",
                "backupTarget", "s3://bucket@region/",
                "backupMode", "full",
                "fromBackup", "nfs://host:/path?backup=b&volume=v",
                "csi.storage.k8s.io/snapshotter-secret-name", "s");

        assertThat(SnapshotParameters.read(parameters))
                .isEqualTo(new SnapshotParameters(
                        Type.SNAP, "s3://bucket@region/", BackupMode.FULL, "nfs://host:/path?backup=b&volume=v"));
    }

    @ParameterizedTest
    @CsvSource({
        "type, local, INVALID, 'choose snap, bak'",
        "type, bi, UNSUPPORTED, choose snap or bak",
        "backupMode, partial, INVALID, 'choose incremental, full'",
        "backupTarget, A B, INVALID, give the name of a resource",
        "backupTarget, ftp://x, INVALID, write the name of a BackupTarget",
        "fromBackup, x, INVALID, write <target>?backup=",
        "typ, snap, INVALID, 'did you mean \"type\"?'",
    })
    void eachRuleHasItsMessage(String key, String value, ErrorCode code, String problem) {
        assertThatThrownBy(() -> SnapshotParameters.read(Map.of(key, value)))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContaining(problem);
    }
}
