package io.drover.snapshotter.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.drover.core.error.ErrorCode;
import io.drover.core.error.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            s3://bucket@us-east-1/path/            | s3://bucket@us-east-1/path/
            s3://bucket@us-east-1/path             | s3://bucket@us-east-1/path/
            s3://bucket@us-east-1/                 | s3://bucket@us-east-1/
            s3://bucket@us-east-1                  | s3://bucket@us-east-1/
            s3://bucket/path/                      | s3://bucket/path/
            s3://bucket                            | s3://bucket/
            s3://my_bucket@eu-west-1/a/b/c/        | s3://my_bucket@eu-west-1/a/b/c/
            s3://my.bucket.org@minio/x             | s3://my.bucket.org@minio/x/
            s3://bucket@r//a///b//                 | s3://bucket@r/a/b/
            s3://bucket@r/a%20b/                   | s3://bucket@r/a%20b/
            s3://bucket@r/%C3%A4/                  | s3://bucket@r/%C3%A4/
            s3://bucket@r/a+b/                     | s3://bucket@r/a+b/
            s3://bucket@r/a%3Fb/                   | s3://bucket@r/a%3Fb/
            nfs://host:/opt/backupstore            | nfs://host:/opt/backupstore
            nfs://host:/opt/backupstore/           | nfs://host:/opt/backupstore
            nfs://host/opt/backupstore             | nfs://host:/opt/backupstore
            nfs://10.0.0.1:/                       | nfs://10.0.0.1:/
            nfs://[fd00::1]:/export                | nfs://[fd00::1]:/export
            nfs://nfs.example.org:/a?nfsOptions=soft,timeo=150           | nfs://nfs.example.org:/a?nfsOptions=soft%2Ctimeo%3D150
            nfs://host:/a?nfsOptions=soft%2Ctimeo%3D150                  | nfs://host:/a?nfsOptions=soft%2Ctimeo%3D150
            nfs://host:/a?nfsOptions=soft&nfsOptions=timeo=150,retry=2   | nfs://host:/a?nfsOptions=soft%2Ctimeo%3D150%2Cretry%3D2
            nfs://host:/a?nfsOptions=                                    | nfs://host:/a
            file:///mnt/backups                    | file:///mnt/backups
            file:///mnt/backups/                   | file:///mnt/backups
            vfs:///mnt/backups                     | file:///mnt/backups
            file:///mnt/a%20b                      | file:///mnt/a%20b
            """)
    void whatIsRightIsReadAndWrittenCanonically(String url, String canonical) {
        TargetAddress address = TargetAddress.parse(" " + url + "\n");

        assertThat(address.url()).isEqualTo(canonical);
        assertThat(TargetAddress.parse(address.url())).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                  | is no URL of a target
            bucket                              | is no URL of a target
            s3:/bucket/                         | is no URL of a target
            s3://bu cket/                       | is no URL of a target
            s3:///path/                         | is no name of a bucket
            s3://@us-east-1/path/               | is no name of a bucket
            s3://b/                             | is no name of a bucket
            s3://-bucket/                       | is no name of a bucket
            s3://bucket@/path/                  | is no region
            s3://bucket@minio:9000/path/        | put the server's address into AWS_ENDPOINTS
            s3://bucket@minio.example.org/path/ | put the server's address into AWS_ENDPOINTS
            s3://minio:9000/bucket/             | put the server's address into AWS_ENDPOINTS
            s3://bucket@r/a/../b/               | ".." in it
            s3://bucket@r/./b/                  | ".." in it
            s3://bucket@r/a$b/                  | dollar sign
            s3://bucket@r/a,b/                  | comma
            s3://bucket@r/a%0Ab/                | control character
            s3://bucket@r/a%2/                  | broken escape
            s3://bucket@r/a%FF/                 | broken escape
            s3://bucket@r/a/?x=y                | has no options, here are: x
            s3://bucket@r/?backup=b&volume=v    | URL of a backup
            nfs://host:2049/export              | nfsOptions=port=2049
            nfs://user@host:/export             | knows no user
            nfs://:/export                      | is no host
            nfs://ho!st:/export                 | is no host
            nfs://host:/a?options=soft          | did you mean "nfsOptions"
            nfs://host:/a?nfsOptions=a;b        | is no mount option
            nfs://host:/a?nfsOptions=%2         | broken escape
            file://mnt/backups                  | three slashes
            file:///                            | not the root of the host
            file://                             | not the root of the host
            vfs:///a?b=c                        | has no options
            s4://bucket/                        | did you mean "s3"
            http://minio:9000/bucket            | the scheme "http" is not known
            S3://bucket/                        | did you mean "s3"
            """)
    void whatIsWrongIsNamed(String url, String problem) {
        assertThatThrownBy(() -> TargetAddress.parse(url))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot use the backup target")
                .hasMessageContaining(problem)
                .extracting(e -> ((StorageException) e).code())
                .isEqualTo(ErrorCode.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"cifs://host/share/path, CIFS", "azblob://container@core.windows.net/path/, Azure"})
    void whatOthersOfferIsUnsupportedByName(String url, String name) {
        assertThatThrownBy(() -> TargetAddress.parse(url))
                .hasMessageContaining(name)
                .extracting(e -> ((StorageException) e).code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> TargetAddress.parse("s3://b@/a$b/?x=y")).hasMessageContaining("4 problems");
    }

    @Test
    void aKeyInTheUrlIsNotRepeated() {
        assertThatThrownBy(() -> TargetAddress.parse("s3://AKIA123:topsecret@bucket/"))
                .hasMessageContaining("keys belong in the target's credentials")
                .hasMessageNotContaining("topsecret");
    }
}
