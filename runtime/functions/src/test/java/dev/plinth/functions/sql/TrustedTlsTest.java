package dev.plinth.functions.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TrustedTlsTest {
    /** A deployment lives for years; a root that ends sooner is one to replace now. */
    private static final Instant SOON = Instant.now().atOffset(ZoneOffset.UTC).plusYears(2).toInstant();

    @Test
    void bringsTheRootsOfEveryRegion() throws Exception {
        assertThat(TrustedTls.rdsRoots())
                .extracting(root -> ((X509Certificate) root).getSubjectX500Principal().getName())
                .anyMatch(name -> name.contains("CN=Amazon RDS eu-central-1 Root CA RSA2048 G1"))
                .anyMatch(name -> name.contains("CN=Amazon RDS us-east-1 Root CA ECC384 G1"))
                .hasSize(81);
    }

    @Test
    void bringsNothingButRootsThatHoldForYears() throws Exception {
        for (Certificate certificate : TrustedTls.rdsRoots()) {
            X509Certificate root = (X509Certificate) certificate;
            assertThat(root.getIssuerX500Principal()).isEqualTo(root.getSubjectX500Principal());
            assertThat(root.getNotAfter().toInstant()).as(root.getSubjectX500Principal().getName()).isAfter(SOON);
            root.verify(root.getPublicKey());
        }
    }
}
