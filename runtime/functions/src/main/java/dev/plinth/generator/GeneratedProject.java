package dev.plinth.generator;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What was generated for a project. It never changes, and the same input gives the same bytes. */
public final class GeneratedProject {
    /** Where the CloudFormation template is in the archive. */
    public static final String TEMPLATE = "infrastructure/template.json";

    /** Where the diagram is in the archive. */
    public static final String DIAGRAM = "diagram.svg";

    /** Not January 1980: ZIP times begin there, and the JDK adds the time zone of the machine to the very first. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private final List<GeneratedFile> files;

    GeneratedProject(List<GeneratedFile> files) {
        this.files = files.stream().sorted(Comparator.comparing(GeneratedFile::path)).toList();
        Set<String> paths = new HashSet<>();
        for (GeneratedFile file : files) {
            if (!paths.add(file.path().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("Two files of an archive are the same: " + file.path());
            }
        }
    }

    /** Returns the files of the archive, sorted by path. */
    public List<GeneratedFile> files() {
        return files;
    }

    /** Returns the CloudFormation template, as JSON in UTF-8. */
    public byte[] template() {
        return file(TEMPLATE).bytes();
    }

    /** Returns the diagram, as SVG in UTF-8. */
    public byte[] diagram() {
        return file(DIAGRAM).bytes();
    }

    /** Returns the file of a path, which must be one of the archive's. */
    GeneratedFile file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst().orElseThrow();
    }

    /**
     * Writes the ZIP archive, and leaves the stream open. Files are stored as they are: what deflates them differs from
     * one JDK to another, and so would the bytes.
     */
    public void writeTo(OutputStream stream) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(stream);
        zip.setMethod(ZipOutputStream.STORED);
        for (GeneratedFile file : files) {
            byte[] bytes = file.bytes();
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            ZipEntry entry = new ZipEntry(file.path());
            entry.setTimeLocal(TIME);
            entry.setSize(bytes.length);
            entry.setCompressedSize(bytes.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
        zip.finish();
    }
}
