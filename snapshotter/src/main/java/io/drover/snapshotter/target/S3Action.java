package io.drover.snapshotter.target;

/** What is done at an S3 server, and which permission it takes. */
enum S3Action {
    READ("read", "s3:GetObject, and s3:ListBucket, without which a server answers this even for what does not exist"),
    WRITE("write", "s3:PutObject"),
    LIST("list", "s3:ListBucket"),
    DELETE("delete", "s3:DeleteObject");

    private final String verb;
    private final String permission;

    S3Action(String verb, String permission) {
        this.verb = verb;
        this.permission = permission;
    }

    String verb() {
        return verb;
    }

    String permission() {
        return permission;
    }
}
