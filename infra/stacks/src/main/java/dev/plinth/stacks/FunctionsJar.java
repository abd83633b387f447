package dev.plinth.stacks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.assets.AssetOptions;

/**
 * The jar that every function starts.
 *
 * @param path an existing file
 */
record FunctionsJar(Path path) {
    private static final String MIGRATIONS = "db/migration/";

    FunctionsJar {
        if (!Files.isRegularFile(path)) {
            throw new InvalidInputException("The functions' jar " + path + " is missing: run `make build`.");
        }
    }

    /** Returns the jar of the version that this app was built with, below the repository's root. */
    static FunctionsJar below(Path root) {
        return new FunctionsJar(root.resolve("runtime/functions/target/functions-" + version() + "-lambda.jar"));
    }

    /**
     * Returns the jar as an asset whose hash is that of its bytes. The CDK's own hash is cached in the home directory
     * by inode, size and time, so it can outlive the bytes that it stands for.
     */
    Code code() {
        return Code.fromAsset(path.toString(), AssetOptions.builder().assetHash(sha256()).build());
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(sha256Digest().digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a digest of the names and bytes of the schema's migrations, which changes when one of them does. */
    String migrationsDigest() {
        MessageDigest digest = sha256Digest();
        try (ZipFile jar = new ZipFile(path.toFile())) {
            List<? extends ZipEntry> migrations = jar.stream()
                    .filter(entry -> entry.getName().startsWith(MIGRATIONS) && !entry.isDirectory())
                    .sorted(Comparator.comparing(ZipEntry::getName)).toList();
            for (ZipEntry migration : migrations) {
                byte[] content = jar.getInputStream(migration).readAllBytes();
                digest.update((migration.getName() + " " + content.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(content);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static String version() {
        try (InputStream in = FunctionsJar.class.getResourceAsStream("build.properties")) {
            Properties build = new Properties();
            build.load(in);
            return build.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
