package io.drover.core.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrivateKeysTest {
    /** Made with {@code openssl ecparam -name prime256v1 -genkey -noout}; used nowhere. */
    private static final String SEC1 = """
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEICY2731HaWMdOwXW+j0HVVQlYotw7VZ1ZlUD//AcdMWVoAoGCCqGSM49
            AwEHoUQDQgAEWh0SI4I0xcbWc/y/8+FVURHXexI/GPcNcB4LiWhuIeXdVFenZq4l
            KB8PV12jpXHGgn418f0Fnxq0SoWrG7kMsw==
            -----END EC PRIVATE KEY-----
            """;

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsPkcs8(String algorithm) throws GeneralSecurityException {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();

        assertThat(PrivateKeys.parse(pem("PRIVATE KEY", key.getEncoded()))).isEqualTo(key);
    }

    @Test
    void readsPkcs1() throws GeneralSecurityException {
        PrivateKey key = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        byte[] pkcs8 = key.getEncoded();
        // Behind SEQUENCE, version, algorithm and the header of the OCTET STRING lies the PKCS #1 structure.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);

        RSAPrivateCrtKey read = (RSAPrivateCrtKey) PrivateKeys.parse(pem("RSA PRIVATE KEY", pkcs1));

        assertThat(read.getModulus()).isEqualTo(((RSAPrivateCrtKey) key).getModulus());
    }

    @Test
    void readsSec1() throws GeneralSecurityException {
        assertThat(PrivateKeys.parse(SEC1).getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void saysWhatIsWrongWithoutShowingTheKey() {
        assertThatThrownBy(() -> PrivateKeys.parse("nothing")).hasMessageContaining("no PRIVATE KEY block");
        assertThatThrownBy(() -> PrivateKeys.parse("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> PrivateKeys.parse(pem("PRIVATE KEY", new byte[] {1, 2, 3})))
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> PrivateKeys.parse(pem("EC PRIVATE KEY", new byte[] {0x30, 0x7f})))
                .hasMessageContaining("no curve");
    }

    private static String pem(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }
}
