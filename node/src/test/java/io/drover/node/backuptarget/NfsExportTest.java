package io.drover.node.backuptarget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.exec.Command;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NfsExportTest {
    private static final Path PLACE = Path.of("/data/backup-targets/host/x");

    @Test
    void versionsAreTriedFromTheNewestOn() {
        List<Command> commands = NfsMountCommands.mount(NfsExport.of("nfs.example.org", "/opt/store/", ""), PLACE);

        assertThat(commands)
                .extracting(Command::arguments)
                .containsExactly(
                        arguments("vers=4.2,actimeo=1,soft,timeo=300,retry=2,nosuid,nodev,noexec"),
                        arguments("vers=4.1,actimeo=1,soft,timeo=300,retry=2,nosuid,nodev,noexec"),
                        arguments("vers=4.0,actimeo=1,soft,timeo=300,retry=2,nosuid,nodev,noexec"));
    }

    @Test
    void givenOptionsReplaceAllButTheSafeOnes() {
        List<Command> commands = NfsMountCommands.mount(
                NfsExport.of("nfs.example.org", "/opt/store", "hard, nfsvers=4.1,,port=2050"), PLACE);

        assertThat(commands)
                .extracting(Command::arguments)
                .containsExactly(arguments("hard,nfsvers=4.1,port=2050,nosuid,nodev,noexec"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            -o x         | /a      | ''              | host
            ''           | /a      | ''              | host
            host         | a       | ''              | absolute path
            host         | /a/../b | ''              | absolute path
            host         | /a,b    | ''              | absolute path
            host         | /a      | suid            | suid
            host         | /a      | soft,bind       | bind
            host         | /a      | remount         | remount
            host         | /a      | a b             | a?b
            host         | /a      | x-systemd.y=z   | x-systemd.y=z
            """)
    void whatMayNotBeMounted(String host, String export, String options, String problem) {
        assertThatThrownBy(() -> NfsExport.of(host, export, options)).hasMessageContaining(problem);
    }

    @Test
    void eachExportHasAMountPointOfItsOwnAndNoneLiesInAnother() {
        Path folder = Path.of("/f");
        Set<Path> places = new HashSet<>();
        for (String export : List.of("/", "/a", "/a/b", "/a-b", "/a_b", "/A")) {
            for (String options : List.of("", "soft")) {
                places.add(NfsExport.of("10.0.0.1", export, options).mountPoint(folder));
            }
        }
        places.add(NfsExport.of("[fd00::1]", "/a", "").mountPoint(folder));

        assertThat(places).hasSize(13).allMatch(place -> place.getNameCount() == 3);
        assertThat(NfsExport.of("10.0.0.1", "/a/b", "").mountPoint(folder).toString())
                .matches("/f/10_0_0_1/a-b-[0-9a-f]{12}");
    }

    private static List<String> arguments(String options) {
        return List.of("-t", "nfs4", "-o", options, "nfs.example.org:/opt/store", PLACE.toString());
    }
}
