package io.drover.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.CallListener;
import io.drover.core.rpc.RpcServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as a person uses it, against a stand-in for the running program on a real socket. */
@SuppressWarnings("NullAway.Init")
class MainTest {
    @TempDir
    private Path folder;

    private final FakeOperations operations = new FakeOperations();
    private RpcServer server;
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() {
        server = RpcServer.onUnixSocket(
                folder.resolve("drover.sock"), new CallInterceptor(() -> 0, CallListener.NONE), List.of(operations));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void volumesAreListedAsATable() {
        drover("volume create data --size 10Gi");

        assertThat(drover("volume list")).isZero();
        assertThat(out.lines().toList()).first().asString().startsWith("NAME  SIZE  STATE  FS");
        assertThat(out).contains("data  10Gi  Ready  ext4");
    }

    @Test
    void jsonAndYamlHaveTheSameFields() {
        drover("volume create data --size 2Mi --fs xfs");

        drover("volume list -o json");
        assertThat(out)
                .startsWith("[ {")
                .contains("\"name\" : \"data\"", "\"sizeBytes\" : 2097152", "\"fileSystem\" : \"xfs\"");
        drover("volume list -o yaml");
        assertThat(out).startsWith("- name: data\n").contains("  sizeBytes: 2097152\n", "  fileSystem: xfs\n");
    }

    @Test
    void anEmptyListSaysWhatToDo() {
        drover("volume list");
        assertThat(out).isEqualTo("There are no volumes. Make one: drover volume create <name> --size 10Gi\n");
        drover("volume list -o json");
        assertThat(out).isEqualTo("[ ]\n");
    }

    @Test
    void aWarningIsNoFailureAndNotAmongWhatProgramsRead() {
        assertThat(drover("volume create data --set recurringJobSelector=[] -o json"))
                .isZero();
        assertThat(err).isEqualTo("warning: it names no job\n");
        assertThat(out).startsWith("{").doesNotContain("warning: ");
    }

    @Test
    void whatDoesNotExistExitsWithThree() {
        assertThat(drover("volume delete nothing --yes")).isEqualTo(3);
        assertThat(err).isEqualTo("drover: volume nothing does not exist\n");
        assertThat(out).isEmpty();
    }

    @Test
    void whatHasNoRoomExitsWithSix() {
        assertThat(drover("volume create large --size 2Ti")).isEqualTo(6);
        assertThat(err).isEqualTo("drover: cannot create volume large: no disk has room; add one\n");
    }

    @Test
    void nobodyThereExitsWithFourAndSaysHowToStart() {
        server.close();

        assertThat(drover("volume list")).isEqualTo(4);
        assertThat(err).contains("nobody answers on " + folder.resolve("drover.sock"), "drover standalone");
        assertThat(err.lines()).hasSize(1);
    }

    @Test
    void aWrongWordExitsWithTwoAndNamesTheNearest() {
        assertThat(drover("volume creat data")).isEqualTo(2);
        assertThat(err).contains("Did you mean: volume create", "drover volume --help");
    }

    @Test
    void aWrongSizeSaysHowSizesAreWritten() {
        assertThat(drover("volume create data --size 10Q")).isEqualTo(2);
        assertThat(err).contains("\"10Q\" is not a size; write for example 10Gi");
    }

    @Test
    void aSnapshotWithoutItsVolumeIsRefused() {
        assertThat(drover("snapshot delete before --yes")).isEqualTo(2);
        assertThat(err).contains("write <volume>/<snapshot>");
    }

    @Test
    void aFolderThatCannotBeMadeIsOneLine() {
        assertThat(drover("standalone --node-name host --data-dir /proc/none")).isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "drover: cannot make the directory /proc/none: no such file or directory; give a place where this user may write\n");
    }

    @Test
    void backupIsFollowedToItsEnd() {
        assertThat(drover("backup create data")).isZero();
        assertThat(out).isEqualTo("made backup data/b-1 (incremental, 2Mi uploaded)\n");

        assertThat(drover("backup create other --no-wait")).isZero();
        assertThat(out).isEqualTo("backup other/b-1 is under way: drover backup show other/b-1\n");

        assertThat(drover("backup create bad nightly")).isEqualTo(1);
        assertThat(out).contains("backup bad/nightly failed: the bucket is gone", "the same command");
    }

    @Test
    void badBlocksOfABackupAreNamed() {
        assertThat(drover("backup verify data/b-1")).isZero();
        assertThat(out).isEqualTo("backup data/b-1 is good: 8Mi read\n");

        assertThat(drover("backup verify bak://bad/b-1")).isEqualTo(1);
        assertThat(out).contains("offset 2097152: missing (abc)", "has 1 bad blocks");
        assertThat(drover("backup verify none/b-1")).isEqualTo(3);
        assertThat(drover("backup verify data")).isEqualTo(2);
        assertThat(err).contains("write <volume>/<backup>");
    }

    @Test
    void credentialsComeFromAFile() throws IOException {
        Path lines = Files.writeString(
                folder.resolve("s3.env"), "# of the shop\nAWS_ACCESS_KEY_ID=key\nAWS_SECRET_ACCESS_KEY=a=b \n\n");
        assertThat(drover("target add default s3://b@r/ --credentials " + lines))
                .isZero();
        assertThat(out).startsWith("warning: AWS_ACCESS_KEY_ID ended in a newline");
        assertThat(operations.backups.credentials.get("default"))
                .containsOnly(Map.entry("AWS_ACCESS_KEY_ID", "key"), Map.entry("AWS_SECRET_ACCESS_KEY", "a=b"));

        Path secret = Files.writeString(folder.resolve("secret.yaml"), """
                kind: Secret
                data:
                  AWS_ACCESS_KEY_ID: a2V5Cg==
                stringData:
                  AWS_ENDPOINTS: http://minio:9000
                """);
        assertThat(drover("target add minio s3://b@r/ -c " + secret)).isZero();
        assertThat(operations.backups.credentials.get("minio"))
                .containsOnly(Map.entry("AWS_ACCESS_KEY_ID", "key\n"), Map.entry("AWS_ENDPOINTS", "http://minio:9000"));

        Path wrong = Files.writeString(folder.resolve("wrong"), "AWS_ACCESS_KEY_ID=key\nsecret-text\n");
        assertThat(drover("target add wrong s3://b@r/ -c " + wrong)).isEqualTo(2);
        assertThat(err).contains("line 2 of").doesNotContain("secret-text");
    }

    @Test
    void targetThatDoesNotWorkSaysWhy() {
        assertThat(drover("target test default")).isZero();
        assertThat(drover("target test bad")).isEqualTo(1);
        assertThat(out).contains("! s3:PutObject is not allowed");
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (CommandLine command : commands(Main.commandLine())) {
            String help = command.getUsageMessage(CommandLine.Help.Ansi.OFF);
            assertThat(help).as(command.getCommandName()).contains("drover ");
            if (!List.of("drover", "help", "version", "rehearse").contains(command.getCommandName())) {
                assertThat(help).as(command.getCommandName()).contains("Examples:");
            }
        }
    }

    private int drover(String line) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        String full = line.contains("--data-dir") ? line : line + " --data-dir " + folder;
        String[] arguments = full.split(" ");
        int status = Main.commandLine(arguments)
                .setOut(new PrintWriter(outText))
                .setErr(new PrintWriter(errText))
                .execute(arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private static List<CommandLine> commands(CommandLine top) {
        List<CommandLine> all = new ArrayList<>(List.of(top));
        top.getSubcommands().values().forEach(command -> all.addAll(commands(command)));
        return all;
    }
}
