package dev.plinth.functions.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.postgresql.ssl.WrappedFactory;

/**
 * TLS that trusts the JVM's roots, which sign for RDS Proxy, and those of RDS, which Lambda's Java runtimes do not have
 * since Java 21. The driver makes one for each connection by this name, and checks the host name itself.
 */
public final class TrustedTls extends WrappedFactory {
    private static final String ROOTS = "rds-roots.pem";

    public TrustedTls() {
        factory = Trust.CONTEXT.getSocketFactory();
    }

    /** Reads the roots once a process, at the first connection. */
    private static final class Trust {
        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(null, trusting(union(trusting(null), rdsRoots())), null);
                return context;
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException("This JVM has no TLS", impossible);
            }
        }

        private static TrustManager[] trusting(KeyStore roots) throws GeneralSecurityException {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(roots);
            return managers.getTrustManagers();
        }

        private static KeyStore union(TrustManager[] trusted, List<Certificate> more) throws GeneralSecurityException {
            List<Certificate> all = new ArrayList<>(more);
            for (TrustManager manager : trusted) {
                if (manager instanceof X509TrustManager certificates) {
                    all.addAll(Arrays.asList(certificates.getAcceptedIssuers()));
                }
            }
            KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
            try {
                roots.load(null, null);
            } catch (IOException impossible) {
                throw new UncheckedIOException("Nothing is read", impossible);
            }
            for (int i = 0; i < all.size(); i++) {
                roots.setCertificateEntry("root-" + i, all.get(i));
            }
            return roots;
        }
    }

    static List<Certificate> rdsRoots() throws GeneralSecurityException {
        try (InputStream pem = TrustedTls.class.getResourceAsStream(ROOTS)) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(pem));
        } catch (IOException broken) {
            throw new UncheckedIOException("The jar has no " + ROOTS, broken);
        }
    }
}
