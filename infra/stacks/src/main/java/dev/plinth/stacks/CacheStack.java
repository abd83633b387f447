package dev.plinth.stacks;

import dev.plinth.contract.Setting;
import dev.plinth.contract.StackId;
import software.constructs.Construct;

/** The cache, whose content may be lost: people would sign in again. */
final class CacheStack extends StageStack {
    private final Cache cache;

    /** Takes the network that holds the cache. */
    record Props(Stage stage, SettingValues settings, Network network) {
    }

    CacheStack(Construct scope, Props props) {
        super(scope, StackId.CACHE, "Plinth: sessions, codes and limits", props.stage(), props.settings());
        holdWhatItUses();
        this.cache = new Cache(this, "Valkey", new Cache.Props(props.stage(), props.network()));
        publish(Setting.CACHE_HOST, cache.host());
        publish(Setting.CACHE_PORT, cache.port());
        publish(Setting.CACHE_NAME, cache.name());
    }

    Cache cache() {
        return cache;
    }
}
