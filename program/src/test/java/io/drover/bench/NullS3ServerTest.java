package io.drover.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.snapshotter.format.Checksum;
import io.drover.snapshotter.format.StorePaths;
import io.drover.snapshotter.target.TargetEntry;
import io.drover.snapshotter.target.TargetFile;
import io.drover.snapshotter.target.TargetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the mover's own client, which believes nothing that is not surely an answer. */
class NullS3ServerTest {
    private static final byte[] CONTENT = {1, 2, 3};

    @Test
    void whatIsPutIsThereUntilItIsDeleted() throws IOException {
        try (NullS3Server server = NullS3Server.start(NullS3Objects.dropping());
                TargetFiles files = open(server, "here")) {
            files.write("a/volume.cfg", CONTENT);

            assertThat(files.read("a/volume.cfg", 10)).isEqualTo(CONTENT);
            assertThat(files.find("a/volume.cfg"))
                    .get()
                    .extracting(TargetFile::size)
                    .isEqualTo(3L);
            assertThat(files.find("a/other.cfg")).isEmpty();
            files.delete("a/volume.cfg");
            assertThat(files.find("a/volume.cfg")).isEmpty();
            assertThat(files.list("")).isEmpty();
        }
    }

    @Test
    void blocksAreDroppedButKnown() throws IOException {
        try (NullS3Server server = NullS3Server.start(NullS3Objects.dropping());
                TargetFiles files = open(server, "here")) {
            files.write(block(1), CONTENT);

            assertThat(files.find(block(1))).get().extracting(TargetFile::size).isEqualTo(3L);
            assertThat(walk(files, "backupstore")).containsExactly(block(1));
        }
    }

    @Test
    void blocksAreKeptWhereTheyAreToBe(@TempDir Path folder) throws IOException {
        try (NullS3Server server = NullS3Server.start(NullS3Objects.keeping(folder));
                TargetFiles files = open(server, "here")) {
            byte[] large = new GeneratedData(1, 1 << 20).block(0);
            files.write(block(1), large);
            files.write(block(2), CONTENT);

            assertThat(files.read(block(1), large.length)).isEqualTo(large);
            assertThat(files.read(block(2), 10)).isEqualTo(CONTENT);
            server.objects().clear();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @Test
    void listingsGoOnAfterAThousand() throws IOException {
        try (NullS3Server server = NullS3Server.start(NullS3Objects.dropping());
                TargetFiles files = open(server, "here");
                TargetFiles elsewhere = open(server, "elsewhere")) {
            for (int i = 0; i < 1001; i++) {
                files.write("d/" + i + "/f", CONTENT);
            }
            files.write("top", CONTENT);

            assertThat(walk(files, "d")).hasSize(1001).doesNotHaveDuplicates();
            assertThat(files.list("d")).hasSize(1001).allMatch(TargetEntry::directory);
            assertThat(files.list(""))
                    .containsExactlyInAnyOrder(new TargetEntry("d", true), new TargetEntry("top", false));
            assertThat(elsewhere.list("")).isEmpty();
        }
    }

    private static String block(int number) {
        return StorePaths.block("v", new Checksum(number, 0, 0, 0));
    }

    private static TargetFiles open(NullS3Server server, String name) throws IOException {
        return PartMeter.open(NullS3Server.url(name), server.credentials());
    }

    private static List<String> walk(TargetFiles files, String directory) {
        List<String> paths = new ArrayList<>();
        files.walk(directory, file -> paths.add(file.path()));
        return paths;
    }
}
