package io.drover.snapshotter.lock;

/** What a lock of a volume is for. */
public enum LockType {
    /** Making, restoring and checking backups: any number at once. */
    USE(1, "a backup or a restore"),
    /** Deleting: nobody else. (Longhorn admits several deletes at once; ours are alone.) */
    DELETE(2, "a deletion");

    private final int number;
    private final String description;

    LockType(int number, String description) {
        this.number = number;
        this.description = description;
    }

    int number() {
        return number;
    }

    String description() {
        return description;
    }

    LockType other() {
        return this == USE ? DELETE : USE;
    }

    /** Whether one of this type keeps a lock with that number out, or is kept out by it. */
    boolean excludes(int otherNumber) {
        return number != otherNumber || this == DELETE;
    }
}
