package io.drover.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.drover.core.rpc.CallInterceptor;
import io.drover.core.rpc.CallListener;
import io.drover.core.rpc.RpcServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private RpcServer server;
    private String out = "";
    private String err = "";

    @BeforeEach
    void serve() {
        server = RpcServer.onUnixSocket(
                folder.resolve("drover.sock"),
                new CallInterceptor(() -> 0, CallListener.NONE),
                List.of(new FakeOperations()));
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
