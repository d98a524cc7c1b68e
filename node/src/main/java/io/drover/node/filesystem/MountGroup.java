package io.drover.node.filesystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Hands a file system to a group, as Kubernetes' {@code fsGroup} asks: everything belongs to the group and is readable and writable
 * for it, directories pass the group on to what is made in them (setgid). Links are changed themselves, never followed. The root comes
 * last: a root that is as wanted says that all below it was done.
 */
public final class MountGroup {
    private static final int GROUP_READ_WRITE = 0060;
    private static final int GROUP_ENTER = 0010;
    private static final int SET_GROUP = 02000;
    private static final int PERMISSIONS = 07777;
    private static final int OWNER_EXECUTE = 0100;

    private MountGroup() {}

    /** Applies the group, unless the root shows that it was applied. Calling again after success does nothing. */
    public static void apply(Path root, int group) {
        try {
            if (isApplied(root, group)) {
                return;
            }
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    change(file, group, attributes);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                    if (e instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw e;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                    if (e != null) {
                        throw e;
                    }
                    changeDirectory(directory, group);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hand " + root + " to the group " + group, e);
        }
    }

    private static boolean isApplied(Path root, int group) throws IOException {
        int wanted = GROUP_READ_WRITE | GROUP_ENTER | SET_GROUP;
        return attribute(root, "unix:gid") == group && (attribute(root, "unix:mode") & wanted) == wanted;
    }

    private static void change(Path file, int group, BasicFileAttributes attributes) throws IOException {
        try {
            int before = attribute(file, "unix:mode") & PERMISSIONS;
            setAttribute(file, "unix:gid", group);
            if (!attributes.isSymbolicLink()) {
                int enter = (before & OWNER_EXECUTE) != 0 ? GROUP_ENTER : 0;
                int after = before | GROUP_READ_WRITE | enter;
                if (attributes.isOther()) {
                    // without following links the JDK opens the file first, which waits forever on a pipe
                    Files.setAttribute(file, "unix:mode", after);
                } else {
                    setAttribute(file, "unix:mode", after);
                }
            }
        } catch (NoSuchFileException e) {
            // removed by the workload meanwhile, which is what it may do
        }
    }

    private static void changeDirectory(Path directory, int group) throws IOException {
        int before = attribute(directory, "unix:mode") & PERMISSIONS;
        setAttribute(directory, "unix:gid", group);
        setAttribute(directory, "unix:mode", before | GROUP_READ_WRITE | GROUP_ENTER | SET_GROUP);
    }

    private static int attribute(Path file, String name) throws IOException {
        return (Integer) Files.getAttribute(file, name, LinkOption.NOFOLLOW_LINKS);
    }

    private static void setAttribute(Path file, String name, int value) throws IOException {
        Files.setAttribute(file, name, value, LinkOption.NOFOLLOW_LINKS);
    }
}
