package dev.plinth.stacks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.s3.assets.AssetOptions;

/**
 * The jar that every function starts.
 *
 * @param path an existing file
 */
record FunctionsJar(Path path) {
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
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
