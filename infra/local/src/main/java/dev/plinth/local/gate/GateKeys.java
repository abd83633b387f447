package dev.plinth.local.gate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * The key and the certificate with which the gates speak TLS: made once for a work directory, for loopback only, and
 * trusted by nobody but the functions of this cloud and whoever takes {@code trust.pem}.
 */
public final class GateKeys {
    private static final String ALIAS = "gate";
    /** Protects nothing: the file is readable by its owner alone, and the key is good for loopback only. */
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final int DAYS = 397;
    private static final Duration LEAST_LEFT = Duration.ofDays(30);
    private static final int LONGEST_WAIT_SECONDS = 60;

    private final Path directory;
    private final KeyStore keys;

    private GateKeys(Path directory, KeyStore keys) {
        this.directory = directory;
        this.keys = keys;
    }

    /** Takes the key of a directory; makes a new one where it is missing or soon over. */
    public static GateKeys in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("gate.p12");
        try {
            if (!Files.exists(file) || !isValid(read(file))) {
                make(file);
            }
            GateKeys keys = new GateKeys(directory, read(file));
            keys.writeTrust();
            return keys;
        } catch (GeneralSecurityException e) {
            throw new IOException("The key of the gates in " + directory + " cannot be used. Delete the directory.", e);
        }
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static boolean isValid(KeyStore store) throws GeneralSecurityException {
        return store.getCertificate(ALIAS) instanceof X509Certificate certificate
                && certificate.getNotAfter().toInstant().isAfter(Instant.now().plus(LEAST_LEFT));
    }

    private static void make(Path file) throws IOException {
        Path part = file.resolveSibling("gate.part");
        Files.deleteIfExists(part);
        // keytool, because the JDK gives programs no way of making a certificate.
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", ALIAS,
                "-keyalg", "EC", "-groupname", "secp256r1", "-sigalg", "SHA256withECDSA",
                "-validity", Integer.toString(DAYS), "-dname", "CN=Plinth on this laptop",
                "-ext", "san=ip:127.0.0.1,dns:localhost", "-ext", "eku=serverAuth",
                "-storetype", "PKCS12", "-keystore", part.toString(), "-storepass", new String(PASSWORD),
                "-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC").redirectErrorStream(true).start();
        try {
            keytool.outputWriter().close();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!keytool.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new IOException("keytool made no key: " + said);
            }
        } catch (InterruptedException e) {
            keytool.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while keytool made a key", e);
        }
        if (Files.getFileStore(part).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(part, PosixFilePermissions.fromString("rw-------"));
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Writes the certificate, and a store of it and of everything that this JDK trusts. */
    private void writeTrust() throws IOException, GeneralSecurityException {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jdk.init((KeyStore) null);
        // Of the older format, since reading it is quick, and every start of a function reads it.
        KeyStore trust = KeyStore.getInstance("JKS");
        trust.load(null, PASSWORD);
        int number = 0;
        for (X509Certificate root : ((X509TrustManager) jdk.getTrustManagers()[0]).getAcceptedIssuers()) {
            trust.setCertificateEntry("jdk-" + number++, root);
        }
        trust.setCertificateEntry(ALIAS, keys.getCertificate(ALIAS));
        ByteArrayOutputStream store = new ByteArrayOutputStream();
        trust.store(store, PASSWORD);
        replace(trustStore(), store.toByteArray());
        String text = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.UTF_8))
                .encodeToString(keys.getCertificate(ALIAS).getEncoded());
        String pem = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
        replace(directory.resolve("trust.pem"), pem.getBytes(StandardCharsets.UTF_8));
    }

    /** Replaces a file at once, since functions may be reading it. */
    private void replace(Path file, byte[] content) throws IOException {
        Path part = Files.createTempFile(directory, "trust", ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path trustStore() {
        return directory.resolve("trust.jks").toAbsolutePath();
    }

    /** Returns the flags by which a JVM trusts the gates, besides what it trusts anyway. */
    public List<String> trustFlags() {
        return List.of("-Djavax.net.ssl.trustStore=" + trustStore(), "-Djavax.net.ssl.trustStoreType=JKS",
                "-Djavax.net.ssl.trustStorePassword=" + new String(PASSWORD));
    }

    SSLContext serverContext() throws IOException {
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("The key of the gates in " + directory + " cannot be used. Delete the directory.", e);
        }
    }
}
