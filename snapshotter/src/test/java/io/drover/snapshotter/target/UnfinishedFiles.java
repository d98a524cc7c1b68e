package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a walk tells of writes that are under way or were cut off, on any target that is a directory. */
final class UnfinishedFiles {
    private UnfinishedFiles() {}

    static void check(TargetFiles target, Path top) throws IOException {
        String file = "backupstore/v/blocks/x.blk";
        target.write(file, new byte[3]);
        Files.write(top.resolve(file + ".tmp.1700000000000000000"), new byte[2]);
        List<TargetFile> walked = new ArrayList<>();
        List<TargetFile> unfinished = new ArrayList<>();

        target.walk("backupstore/v", walked::add, unfinished::add);

        assertThat(walked).extracting(TargetFile::path).containsExactly(file);
        assertThat(unfinished).singleElement().satisfies(found -> {
            assertThat(found.path()).isEqualTo(file + ".tmp.1700000000000000000");
            assertThat(found.size()).isEqualTo(2);
        });
        target.delete(unfinished.getFirst().path());
        assertThat(top.resolve(file)).exists();
        assertThat(top.resolve(unfinished.getFirst().path())).doesNotExist();
    }
}
