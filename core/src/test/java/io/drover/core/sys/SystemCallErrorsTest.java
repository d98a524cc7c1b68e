package io.drover.core.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemCallErrorsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private final SystemCalls calls = LinuxSystemCalls.create();

    @Test
    void failureNamesCallObjectAndErrno() {
        SystemCallException e = catchThrowableOfType(
                SystemCallException.class, () -> calls.files().resize(directory.resolve("missing"), 1));

        assertThat(e.errno()).isEqualTo(Errno.ENOENT);
        assertThat(e).hasMessage("truncate " + directory.resolve("missing") + ": no such file or directory (ENOENT)");
    }

    @Test
    void errnoOfOneCallerIsNeverThatOfAnother() throws InterruptedException, ExecutionException {
        Path file = directory.resolve("f");
        calls.files().createFile(file, 0600);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Errno>> errors = IntStream.range(0, 2000)
                    .mapToObj(i -> threads.submit(() -> catchThrowableOfType(
                                    SystemCallException.class,
                                    () -> calls.files().resize(i % 2 == 0 ? directory : directory.resolve("no"), i))
                            .errno()))
                    .toList();
            for (int i = 0; i < errors.size(); i++) {
                assertThat(errors.get(i).get()).isEqualTo(i % 2 == 0 ? Errno.EISDIR : Errno.ENOENT);
            }
        }
    }

    @Test
    void absentFileHasNoStatusAndOthersAreErrors() {
        assertThat(calls.files().status(directory.resolve("no"))).isEmpty();
        assertThat(calls.files().status(directory).orElseThrow().isDirectory()).isTrue();
        assertThat(catchThrowableOfType(
                                SystemCallException.class,
                                () -> calls.files().status(directory.resolve("x".repeat(300))))
                        .errno())
                .isEqualTo(Errno.ENAMETOOLONG);
    }

    @Test
    void exchangeSwapsAndRenameNeverReplaces() throws Exception {
        Path a = Files.writeString(directory.resolve("a"), "1");
        Path b = Files.writeString(directory.resolve("b"), "2");

        calls.files().exchange(a, b);

        assertThat(a).hasContent("2");
        assertThat(catchThrowableOfType(
                                SystemCallException.class, () -> calls.files().rename(a, b))
                        .is(Errno.EEXIST))
                .isTrue();
        calls.files().rename(a, directory.resolve("c"));
        assertThat(directory.resolve("c")).hasContent("2");
    }

    @Test
    void removingWhatIsAbsentIsNoError() {
        Path home = directory.resolve("home");
        calls.files().createDirectory(home, 0711);
        calls.files().createFile(home.resolve("f"), 0600);

        assertThat(calls.files().status(home).orElseThrow().permissions()).isEqualTo(0711);
        assertThat(catchThrowableOfType(
                                SystemCallException.class, () -> calls.files().removeDirectory(home))
                        .errno())
                .isEqualTo(Errno.ENOTEMPTY);
        assertThat(calls.files().removeFile(home.resolve("f"))).isTrue();
        assertThat(calls.files().removeFile(home.resolve("f"))).isFalse();
        assertThat(calls.files().removeDirectory(home)).isTrue();
        assertThat(calls.files().removeDirectory(home)).isFalse();
    }

    @Test
    void statusHasSizeAndAllocation() throws Exception {
        Path file = Files.write(directory.resolve("f"), new byte[8192]);
        calls.files().resize(file, 1 << 30);
        calls.files().sync(file);

        FileStatus status = calls.files().status(file).orElseThrow();

        assertThat(status.sizeBytes()).isEqualTo(1 << 30);
        assertThat(status.allocatedBytes()).isBetween(4096L, 65536L);
        assertThat(status.isRegularFile()).isTrue();
        assertThat(status.inode()).isEqualTo(((Number) Files.getAttribute(file, "unix:ino")).longValue());
    }

    @Test
    void questionsToWhatIsNoBlockDeviceAreRefused() throws Exception {
        Path file = Files.write(directory.resolve("f"), new byte[10]);

        assertThat(catchThrowableOfType(
                                SystemCallException.class,
                                () -> calls.blockDevices().sizeBytes(file))
                        .errno())
                .isEqualTo(Errno.ENOTBLK);
    }

    @Test
    void deviceNumbersAreTakenApart() {
        assertThat(DeviceNumber.of(0x0703)).isEqualTo(new DeviceNumber(7, 3));
        assertThat(DeviceNumber.of(0x00100300 | 0x22)).isEqualTo(new DeviceNumber(3, 0x122));
        assertThat(DeviceNumber.parse("259:12")).hasToString("259:12");
        assertThat(Errno.of(28)).isEqualTo(Errno.ENOSPC);
        assertThat(Errno.of(1234)).isEqualTo(Errno.OTHER);
    }
}
