package dev.plinth.local.cloud;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second cloud out of a directory. The operating system gives it back when the process ends, however it ends. */
public final class DirectoryLock implements Closeable {
    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the directory, creating it where it is missing.
     *
     * @param advice what to do when another cloud has it
     * @throws LaptopCloud.StartException when another cloud has it, or it cannot be written
     */
    public static DirectoryLock take(Path directory, String advice) throws IOException {
        FileChannel channel = open(directory);
        if (!isLocked(channel)) {
            channel.close();
            throw new LaptopCloud.StartException("The directory " + directory + " is in use by another cloud. " + advice);
        }
        return new DirectoryLock(channel);
    }

    private static FileChannel open(Path directory) {
        try {
            Files.createDirectories(directory);
            return FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new LaptopCloud.StartException("The directory " + directory + " cannot be written: " + e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
