package dev.plinth.local.template;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The file assets of an assembly, found by the bucket and key that the templates name. */
public final class FileAssets {
    private final Map<String, FileAsset> byLocation;

    private FileAssets(Map<String, FileAsset> byLocation) {
        this.byLocation = Map.copyOf(byLocation);
    }

    static FileAssets of(List<FileAsset> assets, Pseudo pseudo) {
        Map<String, FileAsset> byLocation = new HashMap<>();
        for (FileAsset asset : assets) {
            String bucket = resolve(asset.bucketName(), asset, pseudo);
            byLocation.put(location(bucket, resolve(asset.objectKey(), asset, pseudo)), asset);
        }
        return new FileAssets(byLocation);
    }

    /**
     * Returns the local file or directory that an S3 location stands for, or nothing if no asset goes there.
     *
     * @throws TemplateException if an asset goes there whose file is missing
     */
    public Optional<Path> asset(String bucket, String key) {
        Optional<FileAsset> asset = Optional.ofNullable(byLocation.get(location(bucket, key)));
        asset.filter(found -> !Files.exists(found.path())).ifPresent(missing -> {
            throw new TemplateException("The asset " + missing.name() + " has no file at " + missing.path()
                    + ". Run `make synth` again.");
        });
        return asset.map(FileAsset::path);
    }

    private static String location(String bucket, String key) {
        return bucket + "/" + key;
    }

    private static String resolve(String text, FileAsset asset, Pseudo pseudo) {
        String resolved = text.replace("${AWS::AccountId}", pseudo.accountId())
                .replace("${AWS::Region}", pseudo.region())
                .replace("${AWS::Partition}", pseudo.partition());
        if (resolved.contains("${")) {
            throw new TemplateException("The asset " + asset.name() + " goes to " + text
                    + "; supported placeholders are ${AWS::AccountId}, ${AWS::Region}, ${AWS::Partition}.");
        }
        return resolved;
    }
}
